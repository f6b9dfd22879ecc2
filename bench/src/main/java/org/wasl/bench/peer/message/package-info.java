/** What all peers send, sign with and store alike. */
@NullMarked
package org.wasl.bench.peer.message;

import org.jspecify.annotations.NullMarked;
