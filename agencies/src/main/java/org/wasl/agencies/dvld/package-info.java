/** The drivers and vehicles agency: JSON over HTTP. */
@NullMarked
package org.wasl.agencies.dvld;

import org.jspecify.annotations.NullMarked;
