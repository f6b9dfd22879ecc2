/** What anybody may ask to verify a statement: what the log has under its code, and whom this node trusts. */
@NullMarked
package org.wasl.node.edge.verification;

import org.jspecify.annotations.NullMarked;
