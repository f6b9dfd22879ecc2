/** The physical limits: one signature, one verification, one parse, one sync, one queue hop. */
@NullMarked
package org.wasl.bench.peer.raw;

import org.jspecify.annotations.NullMarked;
