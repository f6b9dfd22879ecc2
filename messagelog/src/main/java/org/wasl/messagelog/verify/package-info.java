/** Verifies a log offline: every leaf, every container, every root, and where the first damage is. */
@NullMarked
package org.wasl.messagelog.verify;

import org.jspecify.annotations.NullMarked;
