/** How it stands with a running node, measured now and then, and when somebody has to look. */
@NullMarked
package org.wasl.node.watch;

import org.jspecify.annotations.NullMarked;
