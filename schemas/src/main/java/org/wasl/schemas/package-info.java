/** Finds, compiles and applies the shared XML schemas. */
@NullMarked
package org.wasl.schemas;

import org.jspecify.annotations.NullMarked;
