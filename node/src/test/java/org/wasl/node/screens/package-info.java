/** The pages in a real browser, over a whole node. */
@NullMarked
package org.wasl.node.screens;

import org.jspecify.annotations.NullMarked;
