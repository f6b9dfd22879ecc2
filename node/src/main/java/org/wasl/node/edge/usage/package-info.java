/** The citizen's edge: who looked at their data, when and why, in the form of Estonia's data tracker (version 2). */
@NullMarked
package org.wasl.node.edge.usage;

import org.jspecify.annotations.NullMarked;
