/** Benchmarks of what an exchange cannot do without. */
@NullMarked
package org.wasl.bench;

import org.jspecify.annotations.NullMarked;
