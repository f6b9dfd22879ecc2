package org.wasl.messagelog.compact;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Gives back containers as they were, whatever coding and dictionary of one log they were stored with. Thread-safe. */
public final class ContainerUnpacker implements AutoCloseable {

    private final boolean zstd;

    /** As many as the log has dictionaries; see {@link ContainerPacker#MAX_DICTIONARIES}. */
    private final ConcurrentMap<Key, ContainerCodec> codecs = new ConcurrentHashMap<>();

    /** Everything that a codec depends on. */
    private record Key(Coding coding, long dictionary) {}

    /**
     * Finds a dictionary of the log.
     *
     * @param <E> what reading can fail with
     */
    @FunctionalInterface
    public interface Dictionaries<E extends Exception> {
        /** The octets of this dictionary; null when the log has none of that id. */
        byte @Nullable [] octets(long id) throws E;
    }

    /** An unpacker for this machine. */
    public ContainerUnpacker() {
        this(ZstdCompression.available());
    }

    /**
     * @param zstd whether zstd's library may be used
     */
    ContainerUnpacker(boolean zstd) {
        this.zstd = zstd;
    }

    /**
     * The container.
     *
     * @param coding the coding's number
     * @param dictionary the dictionary's id
     * @param stored what is stored
     * @throws DamagedContainerException when no container was ever stored so
     * @throws MissingCodecException when it takes zstd, which is not there
     * @throws E when the dictionary cannot be read
     */
    public <E extends Exception> byte[] unpack(int coding, long dictionary, byte[] stored, Dictionaries<E> dictionaries)
            throws DamagedContainerException, MissingCodecException, E {
        if (coding == Coding.STORED.number()) {
            return stored;
        }
        Coding known = Coding.of(coding)
                .orElseThrow(() -> new DamagedContainerException("nothing is stored by coding " + coding));
        if (known == Coding.ZSTD && !zstd) {
            throw new MissingCodecException("containers of this log are stored with zstd, whose native library does not"
                    + " load on this machine: read the log on one where it does, such as any x86-64 or ARM64 Linux");
        }
        Key key = new Key(known, dictionary);
        ContainerCodec codec = codecs.get(key);
        if (codec == null) {
            byte[] octets = dictionaries.octets(dictionary);
            if (octets == null || octets.length == 0) {
                throw new DamagedContainerException("the log lacks dictionary " + dictionary);
            }
            codec = codecs.computeIfAbsent(key, absent -> codec(known, new Dictionary(dictionary, octets)));
        }
        return codec.decode(stored);
    }

    static ContainerCodec codec(Coding coding, Dictionary dictionary) {
        return new ContainerCodec(
                coding,
                dictionary,
                coding == Coding.ZSTD
                        ? new ZstdCompression(dictionary.octets())
                        : new DeflateCompression(dictionary.octets()));
    }

    @Override
    public void close() {
        codecs.values().forEach(ContainerCodec::close);
    }
}
