/** Who may ask what for which purpose, and which fields come back. */
@NullMarked
package org.wasl.security.agreement;

import org.jspecify.annotations.NullMarked;
