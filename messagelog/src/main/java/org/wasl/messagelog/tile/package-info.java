/** The log's tree and leaves as static files, as C2SP {@code tlog-tiles} defines them. */
@NullMarked
package org.wasl.messagelog.tile;

import org.jspecify.annotations.NullMarked;
