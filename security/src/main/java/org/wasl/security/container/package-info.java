/** Containers: written and signed, opened and verified, as ASiC-E with XAdES baseline B. */
@NullMarked
package org.wasl.security.container;

import org.jspecify.annotations.NullMarked;
