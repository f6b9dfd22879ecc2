/** What measurements are written as: JSON, tables, plots, the page on performance, and the comparison with a baseline. */
@NullMarked
package org.wasl.bench.report;

import org.jspecify.annotations.NullMarked;
