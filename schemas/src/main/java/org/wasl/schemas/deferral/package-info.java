/** Answers that come later: how they are announced, cancelled and handed on. */
@NullMarked
package org.wasl.schemas.deferral;

import org.jspecify.annotations.NullMarked;
