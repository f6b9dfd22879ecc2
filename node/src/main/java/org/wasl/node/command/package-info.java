/** The command line. */
@NullMarked
package org.wasl.node.command;

import org.jspecify.annotations.NullMarked;
