package org.wasl.bench.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.SigningKey;

/** One leaf in a log on disk, durable by group commit: what the log takes of an exchange, four times. */
public final class LogAppendWorkload implements Workload {

    private static final int DIFFERENT = 512;
    private static final int PAYLOAD_OCTETS = 2_048;

    private final List<byte[]> containers = new ArrayList<>();
    private final int leaves;
    private @Nullable Header header;
    private @Nullable LogProbe probe;
    private @Nullable GroupCommitMessageLog log;

    /** @param leaves how many the log has before */
    public LogAppendWorkload(int leaves) {
        this.leaves = leaves;
    }

    @Override
    public String name() {
        return "log-append";
    }

    @Override
    public void start(Path directory) throws Exception {
        try (Federation federation = new Federation(directory.resolve("trust"), Scale.SAMPLES)) {
            SigningKey key = federation
                    .keys(Federation.PORTAL)
                    .messageKey(Federation.PORTAL)
                    .orElseThrow();
            AsicContainerSigner signer = new AsicContainerSigner();
            for (int i = 0; i < DIFFERENT; i++) {
                Header signed = header();
                header = signed;
                byte[] payload =
                        PayloadXml.query(Map.of("nationalNumber", "9990045842", "padding", "x".repeat(PAYLOAD_OCTETS)));
                containers.add(signer.sign(signed, payload, key).octets());
            }
        }
        LogProbe measures = new LogProbe(directory, leaves);
        probe = measures;
        log = measures.open();
    }

    private static Header header() {
        UUID id = TimeOrderedId.next();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Header(
                id,
                id.toString(),
                MessageKind.REQUEST,
                Federation.WEB,
                Federation.WEB,
                Federation.FINES.subsystem(),
                Federation.FINES,
                "1.0",
                "application/xml",
                new Actor(ActorKind.SYSTEM, AssuranceLevel.HIGH, "bench", null),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                now,
                now.plusSeconds(60),
                null,
                null);
    }

    @Override
    public CompletionStage<?> call(long number) {
        GroupCommitMessageLog opened = log;
        Header like = header;
        if (opened == null || like == null) {
            throw new IllegalStateException("not started");
        }
        byte[] container = containers.get((int) (number % DIFFERENT));
        return opened.append(entry(like, container)).thenApply(LogAppendWorkload::checked);
    }

    private static AppendResult.Appended checked(AppendResult result) {
        if (!(result instanceof AppendResult.Appended appended)) {
            throw new IllegalStateException("not appended: " + result);
        }
        return appended;
    }

    /** Ids are fresh, so that nothing is a duplicate; signing them would measure something else. */
    private static LogEntry entry(Header header, byte[] container) {
        UUID id = TimeOrderedId.next();
        return new LogEntry(
                Federation.PORTAL,
                Direction.SENT,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                id,
                "bench-" + id,
                header.kind(),
                header.sender(),
                header.consumer(),
                header.provider(),
                header.service(),
                header.purpose(),
                "bench",
                null,
                header.expires(),
                "9990045842",
                null,
                container,
                List.of());
    }

    /** What else depends on the log's size. */
    @Override
    public Map<String, Double> figures() {
        LogProbe measures = probe;
        GroupCommitMessageLog opened = log;
        if (measures == null || opened == null) {
            return Map.of();
        }
        opened.close();
        try {
            return measures.figures();
        } catch (IOException | LogStoreException e) {
            throw new IllegalStateException("the log cannot be measured", e);
        }
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "container",
                containers.isEmpty() ? "" : containers.get(0).length + " octets, signed",
                "leaves before",
                Integer.toString(leaves),
                "log",
                "SQLite, synchronous=FULL, group commit",
                "counts",
                "one leaf");
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
