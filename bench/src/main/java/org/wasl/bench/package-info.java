/** The command line of the bench: measures the bus, what it stands on, and what a team would pick instead, in one run. */
@NullMarked
package org.wasl.bench;

import org.jspecify.annotations.NullMarked;
