/** Who acts, in which capacity, and how well that was proven. */
@NullMarked
package org.wasl.security.actor;

import org.jspecify.annotations.NullMarked;
