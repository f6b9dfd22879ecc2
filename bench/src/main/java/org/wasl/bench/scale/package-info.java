/** A country's load on paper: how much of what it takes, and how the plan behaves when it is simulated. */
@NullMarked
package org.wasl.bench.scale;

import org.jspecify.annotations.NullMarked;
