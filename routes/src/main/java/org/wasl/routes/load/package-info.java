/** How much is asked of a back-end at once: as much as it bears, the most urgent first, nothing that is too late. */
@NullMarked
package org.wasl.routes.load;

import org.jspecify.annotations.NullMarked;
