/** Reads what an agency declares about its connectors. */
@NullMarked
package org.wasl.connectors.declaration;

import org.jspecify.annotations.NullMarked;
