package org.wasl.schemas.identifier;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Ids of new messages: UUIDs of version 7 (RFC 9562), whose first 48 bits are the time of their making in milliseconds and
 * whose other 74 are random. Ids made one after the other are neighbours in every index, so that a log's next entries
 * change the same few pages of it however large it has become. Nothing may depend on it: others choose their ids as they
 * like. Thread-safe.
 */
public final class TimeOrderedId {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int TIME_SHIFT = 16;
    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_HIGH = 0x0FFFL;
    private static final long TIME_MASK = 0xFFFF_FFFF_FFFF_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_LOW = 0x3FFF_FFFF_FFFF_FFFFL;

    private TimeOrderedId() {}

    /** A new id. */
    public static UUID next() {
        long high = System.currentTimeMillis() << TIME_SHIFT | VERSION_7 | RANDOM.nextLong() & RANDOM_HIGH;
        return new UUID(high, RANDOM.nextLong() & RANDOM_LOW | VARIANT);
    }

    /**
     * The same id, but for its first 48 bits, which are taken from another: it becomes that one's neighbour.
     *
     * @param id an id that is as good as random
     * @param neighbour whose neighbour it is to be
     */
    public static UUID beside(UUID id, UUID neighbour) {
        long high = neighbour.getMostSignificantBits() & TIME_MASK | id.getMostSignificantBits() & ~TIME_MASK;
        return new UUID(high, id.getLeastSignificantBits());
    }
}
