/** Assembles one node: configuration, HTTP edges and command line. */
@NullMarked
package org.wasl.node;

import org.jspecify.annotations.NullMarked;
