package org.wasl.messagelog.leaf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.ContainerContent;

/**
 * An entry with all that can be worked out before its index is known.
 *
 * @param leaf its leaf
 * @param payload its container and salt
 * @param subjectHash the keyed hash of its subject, by which it is found; null when it has none
 * @param evidence the evidence that its leaf names
 * @param whole the whole container, when the payload holds only its card
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record PreparedEntry(
        Leaf leaf,
        Payload payload,
        byte @Nullable [] subjectHash,
        List<RevocationEvidence> evidence,
        @Nullable ContainerContent whole) {

    private static final int MAX_EVIDENCE = 16;

    public PreparedEntry {
        evidence = List.copyOf(evidence);
    }

    /** An entry whose container is in memory. */
    public PreparedEntry(Leaf leaf, Payload payload, byte @Nullable [] subjectHash, List<RevocationEvidence> evidence) {
        this(leaf, payload, subjectHash, evidence, null);
    }

    /**
     * Works out the leaf and the commitment. Of a refusal, text that nobody has checked is made storable: control
     * characters and halves of surrogate pairs become U+FFFD, what is too long is cut, an impossible instant is left out.
     *
     * @throws IllegalArgumentException when what was sent or received lacks what identifies it, or has such text
     * @throws UncheckedIOException when its container is in a file that cannot be read
     */
    public static PreparedEntry prepare(LogEntry entry, IndexKey key) {
        return prepare(entry, entry.subject() == null ? null : key.subjectHash(entry.subject()));
    }

    /**
     * The same for a subject of whom only the keyed hash is known.
     *
     * @param subjectHash the keyed hash of the entry's subject; null when it has none
     */
    public static PreparedEntry prepare(LogEntry entry, byte @Nullable [] subjectHash) {
        boolean refused = entry.direction() == Direction.REFUSED;
        if (entry.direction() == Direction.RECORDED) {
            requireRecord(entry);
        } else if (!refused) {
            requireIdentified(entry);
        }
        Payload payload = Payload.salted(entry.container());
        Leaf leaf = new Leaf(
                Leaf.FORMAT,
                entry.at().toEpochMilli(),
                entry.direction().name(),
                entry.member().toString(),
                text(entry.messageId()),
                LeafText.storable(entry.correlationId(), "correlation id", refused),
                entry.kind() == null ? null : entry.kind().name(),
                text(entry.sender()),
                text(entry.consumer()),
                text(entry.provider()),
                text(entry.service()),
                LeafText.storable(entry.purpose(), "purpose", refused),
                LeafText.storable(entry.actor(), "actor", refused),
                text(entry.inReplyTo()),
                millis(entry.expires(), refused),
                entry.fault() == null ? null : entry.fault().wireCode(),
                subjectHash == null ? null : payload.subjectCommitment(subjectHash),
                entry.whole() == null ? payload.commitment() : commitment(payload, entry.whole()),
                digests(entry.evidence()));
        return new PreparedEntry(leaf, payload, subjectHash, entry.evidence(), entry.whole());
    }

    private static byte[] commitment(Payload payload, ContainerContent whole) {
        try {
            return payload.commitment(whole);
        } catch (IOException e) {
            throw new UncheckedIOException("a container that is to be logged cannot be read", e);
        }
    }

    private static byte @Nullable [] digests(List<RevocationEvidence> evidence) {
        if (evidence.isEmpty()) {
            return null;
        }
        if (evidence.size() > MAX_EVIDENCE) {
            throw new IllegalArgumentException("an entry names at most " + MAX_EVIDENCE + " pieces of evidence");
        }
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        evidence.forEach(piece -> digests.writeBytes(HexFormat.of().parseHex(piece.digest())));
        return digests.toByteArray();
    }

    private static void requireIdentified(LogEntry entry) {
        boolean identified = entry.messageId() != null
                && entry.correlationId() != null
                && entry.kind() != null
                && entry.sender() != null
                && entry.consumer() != null
                && entry.provider() != null
                && entry.service() != null;
        if (!identified || entry.container().length == 0) {
            throw new IllegalArgumentException(
                    "what is " + entry.direction().name().toLowerCase(Locale.ROOT)
                            + " must have a container, message id, correlation id, kind, sender, consumer, provider and service");
        }
    }

    private static void requireRecord(LogEntry entry) {
        if (entry.purpose() == null || entry.actor() == null || entry.container().length == 0) {
            throw new IllegalArgumentException("what is recorded must say what, who and in which document");
        }
    }

    private static @Nullable String text(@Nullable Object identifier) {
        return identifier == null ? null : identifier.toString();
    }

    private static @Nullable Long millis(@Nullable Instant instant, boolean refused) {
        if (instant == null) {
            return null;
        }
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException e) {
            if (refused) {
                return null;
            }
            throw new IllegalArgumentException("expires cannot be counted in milliseconds", e);
        }
    }
}
