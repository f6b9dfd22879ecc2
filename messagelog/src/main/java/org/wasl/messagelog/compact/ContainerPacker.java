package org.wasl.messagelog.compact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs the containers of one log with its newest dictionary, and learns a better one, in a thread of its own, from the
 * first containers of a log and whenever what comes packs noticeably worse than before (certificates change). One thread's,
 * but for the learning.
 */
public final class ContainerPacker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerPacker.class);

    /** How many dictionaries a log may come to have. */
    static final int MAX_DICTIONARIES = 256;

    private static final int SAMPLES = 1_024;
    private static final int MAX_SAMPLE_BYTES = 64 * 1024;
    private static final int WINDOW = 4_096;

    /** How much worse a window must be than the first one with this dictionary, in percent. */
    private static final int WORSE_PERCENT = 120;

    private final Coding coding;
    private final AtomicReference<byte @Nullable []> learned = new AtomicReference<>();
    private ContainerCodec codec;
    private Dictionary dictionary;
    private @Nullable List<byte[]> samples;
    private @Nullable Thread learning;
    private int inWindow;
    private long windowOctets;
    private long firstWindowOctets;

    /**
     * @param coding how containers are to be packed
     * @param newest the log's newest dictionary
     */
    public ContainerPacker(Coding coding, Dictionary newest) {
        this.coding = coding;
        this.dictionary = newest;
        this.codec = ContainerUnpacker.codec(coding, newest);
        if (newest.id() == Dictionary.FIRST_ID) {
            collect();
        }
    }

    /**
     * The coding that packs best on this machine: zstd, or Deflate where zstd's library does not load.
     */
    public static Coding best() {
        return ZstdCompression.available() ? Coding.ZSTD : Coding.DEFLATE;
    }

    private void collect() {
        if (coding == Coding.ZSTD && dictionary.id() < MAX_DICTIONARIES) {
            samples = new ArrayList<>();
        }
    }

    /**
     * The container as it is to be stored.
     *
     * @param learn whether a dictionary may learn from it: what was refused may be anything
     */
    public StoredContainer pack(byte[] container, boolean learn) {
        StoredContainer stored = codec.encode(container);
        if (learn && stored.coding() != Coding.STORED) {
            watch(container);
        }
        return stored;
    }

    private void watch(byte[] container) {
        List<byte[]> collected = samples;
        if (collected != null) {
            if (container.length <= MAX_SAMPLE_BYTES) {
                collected.add(container);
            }
            if (collected.size() == SAMPLES) {
                samples = null;
                Thread thread = new Thread(() -> learn(collected), "message-log-dictionary");
                thread.setDaemon(true);
                learning = thread;
                thread.start();
            }
            return;
        }
        windowOctets += codec.lastRest();
        if (++inWindow == WINDOW) {
            if (firstWindowOctets == 0) {
                firstWindowOctets = windowOctets;
            } else if (windowOctets * 100 > firstWindowOctets * WORSE_PERCENT) {
                collect();
            }
            inWindow = 0;
            windowOctets = 0;
        }
    }

    private void learn(List<byte[]> containers) {
        DictionaryTraining.train(containers).ifPresent(learned::set);
    }

    /** A better dictionary that is ready; it must be kept in the log before it is {@linkplain #use used}. */
    public Optional<Dictionary> learned() {
        byte[] octets = learned.getAndSet(null);
        return octets == null ? Optional.empty() : Optional.of(new Dictionary(dictionary.id() + 1, octets));
    }

    /** Packs with this dictionary from now on. */
    public void use(Dictionary better) {
        codec.close();
        dictionary = better;
        codec = ContainerUnpacker.codec(coding, better);
        inWindow = 0;
        windowOctets = 0;
        firstWindowOctets = 0;
        LOG.info("Containers are stored with dictionary {} of the log from now on", better.id());
    }

    @Override
    public void close() {
        Thread thread = learning;
        if (thread != null) {
            try {
                // It is native code that cannot be interrupted, and short.
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        codec.close();
    }
}
