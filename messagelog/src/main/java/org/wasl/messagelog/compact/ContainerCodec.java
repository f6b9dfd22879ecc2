package org.wasl.messagelog.compact;

import java.nio.ByteBuffer;

/**
 * One dictionary's way of storing containers and giving back the identical octets. The payload is apart from the rest: it
 * is of another kind, and would spoil how well the rest packs. What is stored:
 *
 * <pre>
 *  number   octets of the rest
 *  number   where in the rest the payload stood
 *  number   octets of the payload
 *  number   octets of the payload as stored; as many as it has when it is stored as it is
 *  octets   the payload, packed or as it is
 *  octets   the rest, packed
 * </pre>
 *
 * A <em>number</em> has seven bits an octet, the least first; the eighth says that more follow.
 */
final class ContainerCodec implements AutoCloseable {

    /** What is larger is mostly payload, and stored as it is. */
    static final int MAX_OCTETS = 1 << 20;

    private static final int MAX_NUMBERS_BYTES = 4 * 5;
    private static final int MAX_SHIFT = 28;
    private static final int MORE = 0x80;
    private static final int SEVEN = 0x7f;

    private final Coding coding;
    private final Dictionary dictionary;
    private final Compression compression;
    private int lastRest;

    ContainerCodec(Coding coding, Dictionary dictionary, Compression compression) {
        this.coding = coding;
        this.dictionary = dictionary;
        this.compression = compression;
    }

    StoredContainer encode(byte[] container) {
        if (container.length > MAX_OCTETS) {
            return StoredContainer.asItIs(container);
        }
        int from = container.length;
        int length = 0;
        for (ContainerParts.Part part : ContainerParts.of(container)) {
            if (part.isPayload()) {
                from = part.from();
                length = part.length();
            }
        }
        byte[] payload = new byte[length];
        System.arraycopy(container, from, payload, 0, length);
        byte[] rest = new byte[container.length - length];
        System.arraycopy(container, 0, rest, 0, from);
        System.arraycopy(container, from + length, rest, from, rest.length - from);
        byte[] packedPayload = length == 0 ? payload : compression.compress(payload);
        if (packedPayload.length >= length) {
            packedPayload = payload;
        }
        byte[] packedRest = compression.compress(rest);
        if (MAX_NUMBERS_BYTES + packedPayload.length + packedRest.length >= container.length) {
            return StoredContainer.asItIs(container);
        }
        ByteBuffer stored = ByteBuffer.allocate(MAX_NUMBERS_BYTES + packedPayload.length + packedRest.length);
        putNumber(stored, rest.length);
        putNumber(stored, from);
        putNumber(stored, length);
        putNumber(stored, packedPayload.length);
        lastRest = packedRest.length;
        stored.put(packedPayload).put(packedRest).flip();
        byte[] octets = new byte[stored.remaining()];
        stored.get(octets);
        return new StoredContainer(coding, dictionary.id(), octets);
    }

    /** Octets of what was packed last, without its payload; for whoever packs, who is one thread. */
    int lastRest() {
        return lastRest;
    }

    byte[] decode(byte[] stored) throws DamagedContainerException {
        ByteBuffer in = ByteBuffer.wrap(stored);
        int restLength = number(in);
        int from = number(in);
        int length = number(in);
        int packedLength = number(in);
        boolean fits = restLength <= MAX_OCTETS
                && length <= MAX_OCTETS - restLength
                && from <= restLength
                && packedLength <= in.remaining()
                && packedLength <= length;
        if (!fits) {
            throw new DamagedContainerException("its lengths do not fit each other");
        }
        int at = in.position();
        byte[] container = new byte[restLength + length];
        byte[] rest = compression.expand(stored, at + packedLength, in.remaining() - packedLength, restLength);
        System.arraycopy(rest, 0, container, 0, from);
        System.arraycopy(rest, from, container, from + length, restLength - from);
        if (packedLength == length) {
            System.arraycopy(stored, at, container, from, length);
        } else {
            System.arraycopy(compression.expand(stored, at, packedLength, length), 0, container, from, length);
        }
        return container;
    }

    private static void putNumber(ByteBuffer out, int number) {
        int left = number;
        while (left > SEVEN) {
            out.put((byte) (left & SEVEN | MORE));
            left >>>= 7;
        }
        out.put((byte) left);
    }

    private static int number(ByteBuffer in) throws DamagedContainerException {
        int number = 0;
        for (int shift = 0; shift <= MAX_SHIFT && in.hasRemaining(); shift += 7) {
            int octet = in.get();
            number |= (octet & SEVEN) << shift;
            if ((octet & MORE) == 0 && number >= 0) {
                return number;
            }
        }
        throw new DamagedContainerException("it does not begin with its lengths");
    }

    @Override
    public void close() {
        compression.close();
    }
}
