package org.wasl.node.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A leaf's octets read back, as far as a dispute asks: those of another node's bundle.
 *
 * @param index its index in its log
 * @param atMillis when it was logged there
 * @param fields its fields in their order; null for those that are absent
 */
record ReadLeaf(long index, long atMillis, List<byte @Nullable []> fields) {

    private static final int FIXED_BYTES = 1 + Long.BYTES + Long.BYTES;
    private static final int MAX_FIELDS = 32;
    private static final int DIRECTION = 0;
    private static final int MEMBER = 1;
    private static final int MESSAGE_ID = 2;
    private static final int COMMITMENT = 15;

    /** Reads one; empty when the octets are none of a known format. */
    static Optional<ReadLeaf> parse(byte[] octets) {
        if (octets.length < FIXED_BYTES || octets[0] < 1 || octets[0] > 3) {
            return Optional.empty();
        }
        ByteBuffer rest = ByteBuffer.wrap(octets, 1, octets.length - 1);
        long index = rest.getLong();
        long at = rest.getLong();
        List<byte @Nullable []> fields = new ArrayList<>();
        while (rest.remaining() >= Integer.BYTES && fields.size() < MAX_FIELDS) {
            int length = rest.getInt();
            if (length == -1) {
                fields.add(null);
                continue;
            }
            if (length < 0 || length > rest.remaining()) {
                return Optional.empty();
            }
            byte[] field = new byte[length];
            rest.get(field);
            fields.add(field);
        }
        return rest.hasRemaining() || fields.size() <= COMMITMENT
                ? Optional.empty()
                : Optional.of(new ReadLeaf(index, at, fields));
    }

    String direction() {
        return text(DIRECTION);
    }

    String member() {
        return text(MEMBER);
    }

    String messageId() {
        return text(MESSAGE_ID);
    }

    byte @Nullable [] commitment() {
        return fields.get(COMMITMENT);
    }

    private String text(int field) {
        byte[] octets = fields.get(field);
        return octets == null ? "" : new String(octets, StandardCharsets.UTF_8);
    }
}
