/** The citizens' portal: the catalogue, asking, following, paying. */
@NullMarked
package org.wasl.screens.portal;

import org.jspecify.annotations.NullMarked;
