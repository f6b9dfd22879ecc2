/** Puts one node together from validated configuration. */
@NullMarked
package org.wasl.node.configuration;

import org.jspecify.annotations.NullMarked;
