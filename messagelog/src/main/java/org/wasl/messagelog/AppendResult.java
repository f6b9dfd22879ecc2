package org.wasl.messagelog;

/** What became of an append. */
public sealed interface AppendResult {

    /**
     * It is durable.
     *
     * @param index its leaf's index, from 0, without gaps
     */
    record Appended(long index) implements AppendResult {}

    /**
     * Nothing was written: this member had logged a message of the same sender, id and direction before.
     *
     * @param index the leaf of the earlier one
     * @param sameOctets whether the earlier container is octet for octet the same
     */
    record Duplicate(long index, boolean sameOctets) implements AppendResult {}
}
