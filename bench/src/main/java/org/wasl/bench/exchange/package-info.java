/** What is measured of the product itself: two nodes, each with a log of its own, over one broker. */
@NullMarked
package org.wasl.bench.exchange;

import org.jspecify.annotations.NullMarked;
