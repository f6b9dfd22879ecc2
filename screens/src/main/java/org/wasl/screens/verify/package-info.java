/** The public page on which a browser itself verifies evidence. */
@NullMarked
package org.wasl.screens.verify;

import org.jspecify.annotations.NullMarked;
