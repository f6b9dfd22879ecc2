/** What the HTTP edges share: bounds, bodies, representations. */
@NullMarked
package org.wasl.node.edge;

import org.jspecify.annotations.NullMarked;
