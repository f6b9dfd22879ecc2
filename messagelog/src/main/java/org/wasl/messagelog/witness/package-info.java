/** A witness of other members' logs: what C2SP {@code tlog-witness} asks of it, without the way messages come to it. */
@NullMarked
package org.wasl.messagelog.witness;

import org.jspecify.annotations.NullMarked;
