/** Events: published once, told to each subscriber under a number of its own, received in order, acted on until done. */
@NullMarked
package org.wasl.routes.event;

import org.jspecify.annotations.NullMarked;
