/** Reaches an agency's back-end and maps what comes to a shared schema. */
@NullMarked
package org.wasl.connectors;

import org.jspecify.annotations.NullMarked;
