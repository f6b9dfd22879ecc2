/** The Artemis that peers send over, in this process, with no security of its own. */
@NullMarked
package org.wasl.bench.peer.broker;

import org.jspecify.annotations.NullMarked;
