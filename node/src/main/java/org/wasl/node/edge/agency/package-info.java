/** X-Road's REST edge for agencies' systems. */
@NullMarked
package org.wasl.node.edge.agency;

import org.jspecify.annotations.NullMarked;
