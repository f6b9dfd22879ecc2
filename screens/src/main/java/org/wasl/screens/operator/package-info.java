/** The operators' console. */
@NullMarked
package org.wasl.screens.operator;

import org.jspecify.annotations.NullMarked;
