/** The portal's edge: composite services, tracking and containers. */
@NullMarked
package org.wasl.node.edge.portal;

import org.jspecify.annotations.NullMarked;
