/** How cost changes with size: of payloads, of logs, of registries. */
@NullMarked
package org.wasl.bench.curve;

import org.jspecify.annotations.NullMarked;
