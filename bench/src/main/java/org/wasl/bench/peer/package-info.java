/** What others would build with, and what no build can do without, each measured as a workload. */
@NullMarked
package org.wasl.bench.peer;

import org.jspecify.annotations.NullMarked;
