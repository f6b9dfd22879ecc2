package org.wasl.messagelog.store;

import org.wasl.messagelog.merkle.CompactRange;

/**
 * The tree as a store recorded it with the last commit.
 *
 * @param size how many leaves
 * @param root the RFC 6962 root over them
 * @param frontier {@link CompactRange#frontier()}, from which the tree goes on growing
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record TreeHead(long size, byte[] root, byte[] frontier) {

    /** The head of this tree as it stands. */
    public static TreeHead of(CompactRange tree) {
        return new TreeHead(tree.size(), tree.root(), tree.frontier());
    }
}
