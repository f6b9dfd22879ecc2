/** The one choice of who computes signatures and digests. */
@NullMarked
package org.wasl.security.crypto;

import org.jspecify.annotations.NullMarked;
