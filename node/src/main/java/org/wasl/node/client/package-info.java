/** Talks to a running node over HTTP, as any portal would. */
@NullMarked
package org.wasl.node.client;

import org.jspecify.annotations.NullMarked;
