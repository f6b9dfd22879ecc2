/** Evidence of one request to hand out: a bundle that foreign tools check, a statement that people read, answers in a dispute. */
@NullMarked
package org.wasl.node.audit;

import org.jspecify.annotations.NullMarked;
