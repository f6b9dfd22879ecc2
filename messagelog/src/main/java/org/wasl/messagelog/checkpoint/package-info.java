/**
 * Checkpoints of a log as C2SP {@code tlog-checkpoint} defines them, witnesses' cosignatures under them ({@code
 * tlog-cosignature}), and proofs that can be carried away and checked offline ({@code tlog-proof}).
 */
@NullMarked
package org.wasl.messagelog.checkpoint;

import org.jspecify.annotations.NullMarked;
