/** One class a fault: what it breaks, how it is healed, and what must hold. */
@NullMarked
package org.wasl.faults.fault;

import org.jspecify.annotations.NullMarked;
