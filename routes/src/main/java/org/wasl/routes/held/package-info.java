/** Answers that sources gave, held encrypted for a while: used, as stale, when a source is down. */
@NullMarked
package org.wasl.routes.held;

import org.jspecify.annotations.NullMarked;
