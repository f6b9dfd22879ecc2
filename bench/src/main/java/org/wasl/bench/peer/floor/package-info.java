/** Request and reply over Camel and Artemis, with no security and no log. */
@NullMarked
package org.wasl.bench.peer.floor;

import org.jspecify.annotations.NullMarked;
