/** The message log as the node uses it: group commit over a store, failing closed. */
@NullMarked
package org.wasl.messagelog.commit;

import org.jspecify.annotations.NullMarked;
