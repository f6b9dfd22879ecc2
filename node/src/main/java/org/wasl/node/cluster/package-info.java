/** The topology of a node per agency, and how it runs on one Linux machine in network namespaces. */
@NullMarked
package org.wasl.node.cluster;

import org.jspecify.annotations.NullMarked;
