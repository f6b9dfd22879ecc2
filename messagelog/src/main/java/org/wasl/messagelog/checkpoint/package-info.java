/**
 * The place of signed checkpoints, witnesses' cosignatures and tiles: a checkpoint will sign a recorded commit (its size
 * and root, see {@code org.wasl.messagelog.store.CommitMark}) under the log's id, and tiles will answer
 * {@code org.wasl.messagelog.merkle.SubtreeHashes}; the store's schema gains their tables with its next version.
 */
@NullMarked
package org.wasl.messagelog.checkpoint;

import org.jspecify.annotations.NullMarked;
