package org.wasl.node.edge.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.messagelog.publication.PublicationState;
import org.wasl.messagelog.publication.TimeStampState;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.EvidencePolicy;
import org.wasl.security.registry.RegisteredWitness;
import org.wasl.security.registry.Registry;

/** How it stands with the log as evidence: how much of it who else has vouched for, and when. It tells of no message. */
@RestController
public final class AuditHealthController {

    /** How many of the newest checkpoints are looked at for a witness' last cosignature. */
    private static final int MOST_CHECKPOINTS = 100;

    private final AuditedLog log;
    private final CurrentRegistry registry;
    private final States states;
    private final Clock clock;

    /**
     * Where it is known how the log is published.
     *
     * @param publication empty where the log is not published
     * @param stamps empty where it is not time-stamped
     * @param gate whether anything is disclosed now
     */
    public record States(
            Supplier<Optional<PublicationState>> publication,
            Supplier<Optional<TimeStampState>> stamps,
            EvidenceGate gate) {}

    public AuditHealthController(AuditedLog log, CurrentRegistry registry, States states, Clock clock) {
        this.log = log;
        this.registry = registry;
        this.states = states;
        this.clock = clock;
    }

    /**
     * How it stands.
     *
     * @param size how many leaves are durable
     * @param writable whether the log takes more
     * @param newestAt when the newest leaf was logged
     * @param gateOpen whether anything is disclosed
     * @param gateClosed why not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Health(
            String asOf,
            String logId,
            long size,
            boolean writable,
            @Nullable String newestAt,
            boolean gateOpen,
            LeafView.@Nullable Named gateClosed,
            @Nullable CheckpointHealth checkpoint,
            List<WitnessHealth> witnesses,
            @Nullable StampHealth timeStamps) {}

    /**
     * The newest checkpoint.
     *
     * @param at when its first cosignature came; null while it has none
     * @param newestLeafAt when its newest leaf was logged: it is no older than that
     * @param ageSeconds since {@code at}, or else since {@code newestLeafAt}
     * @param cosignedSize up to which size enough witnesses have cosigned
     * @param quorum how many are needed; null when none are
     * @param uncoveredSeconds for how long the eldest leaf has gone without that
     * @param problem what fails in making checkpoints
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CheckpointHealth(
            @Nullable String origin,
            long size,
            @Nullable String at,
            @Nullable String newestLeafAt,
            @Nullable Long ageSeconds,
            long cosignedSize,
            @Nullable Integer quorum,
            long uncoveredSeconds,
            boolean alarm,
            @Nullable String problem) {}

    /**
     * One witness.
     *
     * @param size the largest of the newest checkpoints that it cosigned; null when none of them
     * @param at when it did
     * @param said what it answered last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WitnessHealth(
            String name,
            String party,
            boolean counts,
            @Nullable Long size,
            @Nullable String at,
            @Nullable String said) {}

    /**
     * The time-stamps.
     *
     * @param aheadMillis by how much this node's clock was ahead of the authority's
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StampHealth(
            boolean required,
            @Nullable String last,
            long coveredSize,
            long uncoveredSeconds,
            long aheadMillis,
            boolean alarm,
            @Nullable String problem) {}

    @GetMapping(path = "/audit/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Health> health() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Registry current = registry.get();
        Optional<PublicationState> publication = states.publication().get();
        List<RecordedCheckpoint> newest = publication.map(this::newest).orElse(List.of());
        List<WitnessHealth> witnesses = witnesses(current, newest, publication, now);
        Optional<FaultCode> closed = states.gate().closed();
        long size = log.size();
        Health health = new Health(
                now.toString(),
                log.id().toString(),
                size,
                log.available(),
                at(size - 1).map(Instant::toString).orElse(null),
                closed.isEmpty(),
                LeafView.fault(closed.map(FaultCode::wireCode).orElse(null)),
                publication
                        .map(state -> checkpoint(state, newest, current, now))
                        .orElse(null),
                witnesses,
                states.stamps().get().map(state -> stamps(state, current)).orElse(null));
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(health);
    }

    /** Newest first. */
    private List<RecordedCheckpoint> newest(PublicationState state) {
        long from = Math.max(0, Math.min(state.covered(), state.published()));
        List<RecordedCheckpoint> found = new ArrayList<>(log.checkpoints(from, MOST_CHECKPOINTS));
        Collections.reverse(found);
        return found;
    }

    private CheckpointHealth checkpoint(
            PublicationState state, List<RecordedCheckpoint> newest, Registry current, Instant now) {
        Optional<Instant> cosigned = newest.stream()
                .filter(checkpoint -> checkpoint.size() == state.published())
                .findFirst()
                .flatMap(checkpoint -> first(checkpoint, current));
        Optional<Instant> leaf = at(state.published() - 1);
        return new CheckpointHealth(
                state.origin().orElse(null),
                state.published(),
                cosigned.map(Instant::toString).orElse(null),
                leaf.map(Instant::toString).orElse(null),
                cosigned.or(() -> leaf)
                        .map(since -> Math.max(0, Duration.between(since, now).toSeconds()))
                        .orElse(null),
                state.covered(),
                current.evidence()
                        .flatMap(EvidencePolicy::witnessing)
                        .map(witnessing -> witnessing.quorum())
                        .orElse(null),
                state.uncoveredFor().toSeconds(),
                state.alarm(),
                state.problem().orElse(null));
    }

    private Optional<Instant> at(long index) {
        return index < 0
                ? Optional.empty()
                : log.row(index).map(row -> Instant.ofEpochMilli(row.leaf().atMillis()));
    }

    private static Optional<Instant> first(RecordedCheckpoint checkpoint, Registry registry) {
        return registry.witnesses().stream()
                .flatMap(witness -> cosigned(checkpoint, witness).stream())
                .min(Instant::compareTo);
    }

    private static List<WitnessHealth> witnesses(
            Registry current, List<RecordedCheckpoint> newest, Optional<PublicationState> publication, Instant now) {
        Map<String, String> said = publication.map(PublicationState::witnesses).orElse(Map.of());
        List<WitnessHealth> told = new ArrayList<>();
        for (RegisteredWitness witness : current.witnesses()) {
            Optional<RecordedCheckpoint> last = newest.stream()
                    .filter(checkpoint -> cosigned(checkpoint, witness).isPresent())
                    .findFirst();
            told.add(new WitnessHealth(
                    witness.name(),
                    witness.party(),
                    witness.validAt(now),
                    last.map(RecordedCheckpoint::size).orElse(null),
                    last.flatMap(checkpoint -> cosigned(checkpoint, witness))
                            .map(Instant::toString)
                            .orElse(null),
                    said.get(witness.name())));
        }
        return told;
    }

    /** When this witness cosigned this checkpoint, by a signature that verifies; empty when it did not. */
    private static Optional<Instant> cosigned(RecordedCheckpoint checkpoint, RegisteredWitness witness) {
        VerifierKey key = new VerifierKey(witness.name(), SignatureType.COSIGNATURE_V1, witness.key());
        return SignedNote.parse(checkpoint.note()).stream()
                .flatMap(note -> note.signatures().stream()
                        .flatMap(signature -> Cosignature.verify(note.text(), signature, key).stream()))
                .map(Cosignature::at)
                .findFirst();
    }

    private static StampHealth stamps(TimeStampState state, Registry current) {
        return new StampHealth(
                current.evidence().flatMap(EvidencePolicy::timeStamping).isPresent(),
                state.last().map(Instant::toString).orElse(null),
                state.covered(),
                state.uncoveredFor().toSeconds(),
                state.ahead().toMillis(),
                state.alarm(),
                state.problem().orElse(null));
    }
}
