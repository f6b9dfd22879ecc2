/** What the exchanges of this node came to, and how long they took: counted as they end, told to operators. */
@NullMarked
package org.wasl.node.traffic;

import org.jspecify.annotations.NullMarked;
