/** Every error of the HTTP edges as an RFC 9457 problem. */
@NullMarked
package org.wasl.node.edge.problem;

import org.jspecify.annotations.NullMarked;
