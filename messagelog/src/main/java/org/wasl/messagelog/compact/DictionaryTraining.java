package org.wasl.messagelog.compact;

import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns from containers what they have in common; see {@link TrainingSample} for what is never learned. */
public final class DictionaryTraining {

    private static final Logger LOG = LoggerFactory.getLogger(DictionaryTraining.class);

    /** Octets of a dictionary: room for the templates of all kinds of messages and for certificates. */
    private static final int DICTIONARY_BYTES = 32 * 1024;

    private static final int MIN_SAMPLES = 16;

    private DictionaryTraining() {}

    /**
     * The octets of a dictionary.
     *
     * @param containers what to learn from
     * @return empty when there is too little to learn from, or zstd is not there
     */
    public static Optional<byte[]> train(List<byte[]> containers) {
        if (!ZstdCompression.available()) {
            return Optional.empty();
        }
        TrainingSample sample = new TrainingSample(new SplittableRandom());
        List<byte[]> samples = new ArrayList<>();
        int octets = 0;
        for (byte[] container : containers) {
            byte[] learned = sample.of(container);
            if (learned.length > 0) {
                samples.add(learned);
                octets += learned.length;
            }
        }
        if (samples.size() < MIN_SAMPLES) {
            return Optional.empty();
        }
        ZstdDictTrainer trainer = new ZstdDictTrainer(octets, DICTIONARY_BYTES, ZstdCompression.LEVEL);
        samples.forEach(trainer::addSample);
        try {
            return Optional.of(trainer.trainSamples());
        } catch (ZstdException e) {
            LOG.info("No dictionary could be learned from {} containers: {}", samples.size(), e.getMessage());
            return Optional.empty();
        }
    }
}
