/** What a team would write first: Camel, Artemis, signed XML, one insert a message. */
@NullMarked
package org.wasl.bench.peer.assembly;

import org.jspecify.annotations.NullMarked;
