package org.wasl.messagelog.compact;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** zstd with a dictionary; contexts are costly to make, so a few are kept. */
final class ZstdCompression implements Compression {

    private static final Logger LOG = LoggerFactory.getLogger(ZstdCompression.class);

    /** Higher levels take more CPU than what they save. */
    static final int LEVEL = 1;

    private static final int KEPT_CONTEXTS = 8;

    private final ZstdDictDecompress expanding;
    private final BlockingQueue<ZstdDecompressCtx> contexts = new ArrayBlockingQueue<>(KEPT_CONTEXTS);
    private final byte[] dictionary;

    /** Made at the first use: whoever only reads needs none. */
    private @Nullable ZstdDictCompress compressing;

    private @Nullable ZstdCompressCtx writer;

    ZstdCompression(byte[] dictionary) {
        this.dictionary = dictionary.clone();
        this.expanding = new ZstdDictDecompress(dictionary);
    }

    /** Found out once, with one warning. */
    private static final class Library {
        private static final boolean LOADED = load();

        private static boolean load() {
            try {
                Native.load();
                return true;
            } catch (LinkageError | RuntimeException e) {
                LOG.warn(
                        "The native zstd library does not load ({}): containers are stored in more room, and logs that"
                                + " were written with it cannot be read here",
                        e.toString());
                return false;
            }
        }
    }

    /** Whether zstd's library is there for this machine. */
    static boolean available() {
        return Library.LOADED;
    }

    @Override
    public synchronized byte[] compress(byte[] octets) {
        ZstdCompressCtx context = writer;
        if (context == null) {
            compressing = new ZstdDictCompress(dictionary, LEVEL);
            context = new ZstdCompressCtx()
                    .setLevel(LEVEL)
                    .setChecksum(false)
                    .setDictID(false)
                    .setContentSize(false)
                    .loadDict(compressing);
            writer = context;
        }
        return context.compress(octets);
    }

    @Override
    public byte[] expand(byte[] stored, int from, int length, int expected) throws DamagedContainerException {
        ZstdDecompressCtx context = contexts.poll();
        if (context == null) {
            context = new ZstdDecompressCtx().loadDict(expanding);
        }
        try {
            byte[] octets = new byte[expected];
            int read = context.decompressByteArray(octets, 0, expected, stored, from, length);
            if (read != expected) {
                throw new DamagedContainerException("it gives " + read + " octets instead of " + expected);
            }
            return octets;
        } catch (ZstdException e) {
            throw new DamagedContainerException("zstd cannot expand it", e);
        } finally {
            if (!contexts.offer(context)) {
                context.close();
            }
        }
    }

    @Override
    public synchronized void close() {
        if (writer != null) {
            writer.close();
        }
        if (compressing != null) {
            compressing.close();
        }
        for (ZstdDecompressCtx context = contexts.poll(); context != null; context = contexts.poll()) {
            context.close();
        }
        expanding.close();
    }
}
