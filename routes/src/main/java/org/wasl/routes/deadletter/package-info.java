/** What becomes of messages that nobody could process. */
@NullMarked
package org.wasl.routes.deadletter;

import org.jspecify.annotations.NullMarked;
