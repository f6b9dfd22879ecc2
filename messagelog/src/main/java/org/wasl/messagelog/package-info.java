/** The append-only log of every container and refusal: a Merkle tree over durable leaves. */
@NullMarked
package org.wasl.messagelog;

import org.jspecify.annotations.NullMarked;
