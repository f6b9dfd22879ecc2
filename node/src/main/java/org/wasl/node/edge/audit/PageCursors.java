package org.wasl.node.edge.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Cursors into searches: where the next page begins, and a code by which only the same auditor's same search goes on
 * there. They hold nothing of what is searched for.
 */
public final class PageCursors {

    /** Octets of the key. */
    public static final int KEY_BYTES = 32;

    /** How long a cursor is good. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte VERSION = 1;
    private static final int CODE_BYTES = 32;
    private static final int LENGTH = 1 + Long.BYTES + Long.BYTES + CODE_BYTES;

    private final SecretKeySpec key;
    private final Clock clock;

    /** @param key the node's own, {@value #KEY_BYTES} octets; cursors outlive a restart with it */
    public PageCursors(byte[] key, Clock clock) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a cursor key has " + KEY_BYTES + " octets");
        }
        this.key = new SecretKeySpec(key.clone(), ALGORITHM);
        this.clock = clock;
    }

    /** A cursor to the leaves before this index, for this auditor's search. */
    String at(long beforeIndex, String auditor, AuditSearch search) {
        byte[] place = ByteBuffer.allocate(LENGTH - CODE_BYTES)
                .put(VERSION)
                .putLong(beforeIndex)
                .putLong(clock.instant().toEpochMilli())
                .array();
        byte[] octets = ByteBuffer.allocate(LENGTH)
                .put(place)
                .put(code(place, auditor, search))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** The index that the cursor points before; empty when it is not one for this auditor's search, or too old. */
    OptionalLong read(String cursor, String auditor, AuditSearch search) {
        Optional<byte[]> octets = octets(cursor);
        if (octets.isEmpty()) {
            return OptionalLong.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(octets.get());
        byte[] place = new byte[LENGTH - CODE_BYTES];
        byte[] code = new byte[CODE_BYTES];
        buffer.get(place).get(code);
        if (!MessageDigest.isEqual(code, code(place, auditor, search))) {
            return OptionalLong.empty();
        }
        ByteBuffer told = ByteBuffer.wrap(place);
        byte version = told.get();
        long before = told.getLong();
        Instant made = Instant.ofEpochMilli(told.getLong());
        boolean young = !clock.instant().isAfter(made.plus(LIFETIME));
        return version == VERSION && young ? OptionalLong.of(before) : OptionalLong.empty();
    }

    private static Optional<byte[]> octets(String cursor) {
        try {
            byte[] octets = Base64.getUrlDecoder().decode(cursor);
            // The decoder passes over trailing bits: one place, one cursor.
            boolean canonical = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(octets)
                    .equals(cursor);
            return canonical && octets.length == LENGTH ? Optional.of(octets) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private byte[] code(byte[] place, String auditor, AuditSearch search) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(place);
            for (String part : parts(auditor, search)) {
                byte[] octets = part.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).array());
                mac.update(octets);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    private static List<String> parts(String auditor, AuditSearch search) {
        return List.of(
                auditor,
                search.criteria().toString(),
                text(search.subject()),
                text(search.caseReference()),
                Boolean.toString(search.investigation()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
