/** What operators may order of a running node. */
@NullMarked
package org.wasl.node.edge.operation;

import org.jspecify.annotations.NullMarked;
