/** The command line of the fault harness. */
@NullMarked
package org.wasl.faults;

import org.jspecify.annotations.NullMarked;
