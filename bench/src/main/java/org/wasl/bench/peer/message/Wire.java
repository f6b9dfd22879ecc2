package org.wasl.bench.peer.message;

/** What happens to a message between its sender and its receiver: nothing, except where a test alters it. */
@FunctionalInterface
public interface Wire {

    Wire CLEAN = octets -> octets;

    /** The octets that arrive. */
    byte[] carry(byte[] octets);
}
