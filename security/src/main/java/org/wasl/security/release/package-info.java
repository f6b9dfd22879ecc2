/** Cuts a record to the fields that an agreement releases. */
@NullMarked
package org.wasl.security.release;

import org.jspecify.annotations.NullMarked;
