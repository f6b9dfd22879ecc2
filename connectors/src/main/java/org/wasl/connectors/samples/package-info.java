/** The sample agencies' own declarations, as they come with the program. */
@NullMarked
package org.wasl.connectors.samples;

import org.jspecify.annotations.NullMarked;
