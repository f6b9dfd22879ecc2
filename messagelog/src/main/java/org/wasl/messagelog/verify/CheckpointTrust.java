package org.wasl.messagelog.verify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.note.NoteSignature;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.RegisteredWitness;
import org.wasl.security.registry.Registry;

/** Whose checkpoints, cosignatures and time-stamps are believed. Safe for many threads. */
public final class CheckpointTrust {

    /** Knows nobody: what a store records is compared with its leaves, but nobody's signature is asked for. */
    public static final CheckpointTrust NONE = new CheckpointTrust(List.of(), List.of(), 0, StampCheck.NONE);

    private final List<LogKey> logs;
    private final List<RegisteredWitness> witnesses;
    private final int quorum;
    private final StampCheck stamps;

    /** A key of a log; the member that keeps the log is no witness of it. */
    private record LogKey(
            VerifierKey key,
            @Nullable MemberId member,
            @Nullable Instant compromisedFrom) {}

    private CheckpointTrust(List<LogKey> logs, List<RegisteredWitness> witnesses, int quorum, StampCheck stamps) {
        this.logs = List.copyOf(logs);
        this.witnesses = List.copyOf(witnesses);
        this.quorum = quorum;
        this.stamps = stamps;
    }

    /** The keys that this registry lists, with the quorum that it demands. */
    public static CheckpointTrust of(Registry registry) {
        List<LogKey> logs = new ArrayList<>();
        for (Member member : registry.members()) {
            for (NoteKey key : member.noteKeys()) {
                if (key.use() == NoteKey.Use.CHECKPOINT) {
                    VerifierKey verifier = new VerifierKey(key.name(), SignatureType.ED25519, key.key());
                    logs.add(new LogKey(verifier, member.id(), key.compromisedFrom()));
                }
            }
        }
        int quorum = registry.evidence()
                .flatMap(policy -> policy.witnessing())
                .map(witnessing -> witnessing.quorum())
                .orElse(0);
        return new CheckpointTrust(logs, registry.witnesses(), quorum, StampCheck.NONE);
    }

    /** The same, and these keys too. */
    public CheckpointTrust with(List<VerifierKey> logKeys, List<VerifierKey> witnessKeys) {
        List<LogKey> allLogs = new ArrayList<>(logs);
        logKeys.forEach(key -> allLogs.add(new LogKey(key.as(SignatureType.ED25519), null, null)));
        List<RegisteredWitness> allWitnesses = new ArrayList<>(witnesses);
        witnessKeys.forEach(key -> allWitnesses.add(
                new RegisteredWitness(key.name(), key.key(), null, null, Instant.EPOCH, Instant.MAX, null)));
        return new CheckpointTrust(allLogs, allWitnesses, quorum, stamps);
    }

    /** The same, but so many parties must have cosigned what is to count as witnessed. */
    public CheckpointTrust requiring(int parties) {
        return new CheckpointTrust(logs, witnesses, parties, stamps);
    }

    /** The same with time-stamps looked at. */
    public CheckpointTrust stampedBy(StampCheck check) {
        return new CheckpointTrust(logs, witnesses, quorum, check);
    }

    /** How many parties must have cosigned what is to count as witnessed. */
    public int quorum() {
        return quorum;
    }

    /** Whether any log's key is known. */
    public boolean knowsLogs() {
        return !logs.isEmpty();
    }

    /** Whether enough parties cosigned it; never when it does not matter how many. */
    public boolean witnessed(CheckpointJudgement.Genuine checkpoint) {
        return quorum > 0 && checkpoint.cosigned().size() >= quorum;
    }

    /**
     * Judges a checkpoint.
     *
     * @param note the signed note's octets
     * @param token its time-stamp token; null when it has none
     */
    public CheckpointJudgement judge(byte[] note, byte @Nullable [] token) {
        Optional<SignedNote> signed = SignedNote.parse(note);
        Optional<Checkpoint> read = signed.flatMap(parsed -> Checkpoint.parse(parsed.text()));
        if (read.isEmpty()) {
            return new CheckpointJudgement.Bad("it is no signed checkpoint");
        }
        Checkpoint checkpoint = read.get();
        List<LogKey> own = logs.stream()
                .filter(log -> log.key().name().equals(checkpoint.origin()))
                .toList();
        Optional<LogKey> signer =
                own.stream().filter(log -> signed.get().isSignedBy(log.key())).findFirst();
        if (signer.isEmpty() && knowsLogs()) {
            return new CheckpointJudgement.Bad(
                    own.isEmpty()
                            ? "no key of a log named " + checkpoint.origin() + " is known"
                            : "it is not signed by the key of the log " + checkpoint.origin());
        }
        return judge(signed.get(), checkpoint, signer.orElse(null), token);
    }

    private CheckpointJudgement judge(
            SignedNote note, Checkpoint checkpoint, @Nullable LogKey signer, byte @Nullable [] token) {
        Map<String, CheckpointJudgement.Cosigned> cosigned = new HashMap<>();
        for (NoteSignature signature : note.signatures()) {
            for (RegisteredWitness witness : witnesses) {
                VerifierKey key = new VerifierKey(witness.name(), SignatureType.COSIGNATURE_V1, witness.key());
                if (!signature.isBy(key)) {
                    continue;
                }
                Optional<Cosignature> cosignature = Cosignature.verify(note.text(), signature, key);
                if (cosignature.isEmpty()) {
                    return new CheckpointJudgement.Bad("the cosignature of " + witness.name() + " is not genuine");
                }
                boolean others = signer == null
                        || signer.member() == null
                        || !signer.member().equals(witness.member());
                if (others && witness.validAt(cosignature.get().at())) {
                    cosigned.putIfAbsent(
                            witness.party(),
                            new CheckpointJudgement.Cosigned(
                                    witness.party(), cosignature.get().at()));
                }
            }
        }
        Instant stampedAt = null;
        if (token != null) {
            StampCheck.Finding stamp = stamps.examine(token, note.text().getBytes(StandardCharsets.UTF_8));
            if (stamp instanceof StampCheck.Finding.Refused refused) {
                return new CheckpointJudgement.Bad("its time-stamp is not genuine: " + refused.detail());
            }
            stampedAt = stamp instanceof StampCheck.Finding.Genuine genuine ? genuine.at() : null;
        }
        CheckpointJudgement.Genuine genuine = new CheckpointJudgement.Genuine(
                checkpoint,
                cosigned.values().stream()
                        .sorted((a, b) -> a.party().compareTo(b.party()))
                        .toList(),
                stampedAt);
        return compromised(signer, genuine.existedBy())
                ? new CheckpointJudgement.Bad("the log's key is compromised, and nothing shows that it was made before")
                : genuine;
    }

    private static boolean compromised(@Nullable LogKey signer, @Nullable Instant existedBy) {
        if (signer == null || signer.compromisedFrom() == null) {
            return false;
        }
        return existedBy == null || !existedBy.isBefore(signer.compromisedFrom());
    }
}
