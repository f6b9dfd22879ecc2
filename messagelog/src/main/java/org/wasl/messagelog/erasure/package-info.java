/** Erasing what need not be kept any more: containers, salts and subjects go, leaves and every proof stay. */
@NullMarked
package org.wasl.messagelog.erasure;

import org.jspecify.annotations.NullMarked;
