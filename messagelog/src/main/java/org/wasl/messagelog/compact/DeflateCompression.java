package org.wasl.messagelog.compact;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The JDK's Deflater with a preset dictionary, for machines on which zstd's library does not load. */
final class DeflateCompression implements Compression {

    private static final int WINDOW_BYTES = 32 * 1024;

    private final byte[] dictionary;

    DeflateCompression(byte[] dictionary) {
        this.dictionary =
                Arrays.copyOfRange(dictionary, Math.max(0, dictionary.length - WINDOW_BYTES), dictionary.length);
    }

    @Override
    public byte[] compress(byte[] octets) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setDictionary(dictionary);
            deflater.setInput(octets);
            deflater.finish();
            byte[] room = new byte[octets.length + octets.length / 8 + 64];
            int length = deflater.deflate(room);
            return deflater.finished() ? Arrays.copyOf(room, length) : octets;
        } finally {
            deflater.end();
        }
    }

    @Override
    public byte[] expand(byte[] stored, int from, int length, int expected) throws DamagedContainerException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(dictionary);
            inflater.setInput(stored, from, length);
            byte[] octets = new byte[expected];
            int read = 0;
            while (read < expected && !inflater.finished()) {
                int more = inflater.inflate(octets, read, expected - read);
                if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                read += more;
            }
            if (read != expected) {
                throw new DamagedContainerException("it gives " + read + " octets instead of " + expected);
            }
            return octets;
        } catch (DataFormatException e) {
            throw new DamagedContainerException("it cannot be inflated", e);
        } finally {
            inflater.end();
        }
    }

    @Override
    public void close() {
        // Holds nothing outside the heap.
    }
}
