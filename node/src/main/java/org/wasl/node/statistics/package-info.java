/** How often services are asked: counted from the log, and published so that nobody can be singled out. */
@NullMarked
package org.wasl.node.statistics;

import org.jspecify.annotations.NullMarked;
