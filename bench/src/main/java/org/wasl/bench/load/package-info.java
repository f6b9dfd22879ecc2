/** How load is made: arrivals at a constant rate or by so many callers, and what became of each. */
@NullMarked
package org.wasl.bench.load;

import org.jspecify.annotations.NullMarked;
