/** Tries out agreements against the requests that a message log holds. */
@NullMarked
package org.wasl.node.simulation;

import org.jspecify.annotations.NullMarked;
