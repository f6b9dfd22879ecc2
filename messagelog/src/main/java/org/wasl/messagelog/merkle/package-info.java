/** RFC 6962 trees: hashing, the compact range that grows by appending, and proofs that are built and verified. */
@NullMarked
package org.wasl.messagelog.merkle;

import org.jspecify.annotations.NullMarked;
