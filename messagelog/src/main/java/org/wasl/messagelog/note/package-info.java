/** Signed notes as C2SP {@code signed-note} defines them: a text, and who signed it. */
@NullMarked
package org.wasl.messagelog.note;

import org.jspecify.annotations.NullMarked;
