package org.wasl.messagelog.compact;

/** One algorithm with one dictionary. Safe for many threads. */
interface Compression extends AutoCloseable {

    /** These octets in less room, or in more: the caller compares. */
    byte[] compress(byte[] octets);

    /**
     * The octets as they were.
     *
     * @param from where in {@code stored} they begin
     * @param length how many there are
     * @param expected how many octets come out
     * @throws DamagedContainerException when it is not what {@link #compress} gave, or not of that length
     */
    byte[] expand(byte[] stored, int from, int length, int expected) throws DamagedContainerException;

    @Override
    void close();
}
