/** One request and its one reply or fault, both sides. */
@NullMarked
package org.wasl.routes.exchange;

import org.jspecify.annotations.NullMarked;
