/** Exchanges and composite services run in a simulated outside world, one seed after the other; see docs/simulation.md. */
@NullMarked
package org.wasl.routes.simulation;

import org.jspecify.annotations.NullMarked;
