/** The published log as static files over HTTP. */
@NullMarked
package org.wasl.node.edge.evidence;

import org.jspecify.annotations.NullMarked;
