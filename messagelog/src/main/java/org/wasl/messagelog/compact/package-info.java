/** Containers stored in little room: what all have in common stands in a dictionary that is kept with the log. */
@NullMarked
package org.wasl.messagelog.compact;

import org.jspecify.annotations.NullMarked;
