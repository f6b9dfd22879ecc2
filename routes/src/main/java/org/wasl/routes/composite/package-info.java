/** Composite services: declared graphs of exchanges, answered as one. */
@NullMarked
package org.wasl.routes.composite;

import org.jspecify.annotations.NullMarked;
