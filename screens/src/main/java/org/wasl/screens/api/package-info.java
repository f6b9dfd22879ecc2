/** The bus' public API as its pages call it: in the person's name, in their language, within bounds. */
@NullMarked
package org.wasl.screens.api;

import org.jspecify.annotations.NullMarked;
