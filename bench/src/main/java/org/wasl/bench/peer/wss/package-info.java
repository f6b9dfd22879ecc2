/** Keys and certificates as WSS4J takes them, held in memory. */
@NullMarked
package org.wasl.bench.peer.wss;

import org.jspecify.annotations.NullMarked;
