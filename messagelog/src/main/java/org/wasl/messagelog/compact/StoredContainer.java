package org.wasl.messagelog.compact;

/**
 * A container as it stands in a store.
 *
 * @param coding how
 * @param dictionary the id of the dictionary that it needs; 0 when it needs none
 * @param octets what is stored
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record StoredContainer(Coding coding, long dictionary, byte[] octets) {

    /** This container as it is. */
    public static StoredContainer asItIs(byte[] container) {
        return new StoredContainer(Coding.STORED, 0, container);
    }
}
