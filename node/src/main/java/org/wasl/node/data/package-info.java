/** The data directory of one node: where things are, who holds it, and which process runs on it. */
@NullMarked
package org.wasl.node.data;

import org.jspecify.annotations.NullMarked;
