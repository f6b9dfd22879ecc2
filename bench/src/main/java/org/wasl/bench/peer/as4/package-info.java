/** AS4 by phase4: a signed message, answered by a signed receipt, both stored by both sides. */
@NullMarked
package org.wasl.bench.peer.as4;

import org.jspecify.annotations.NullMarked;
