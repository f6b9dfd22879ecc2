/** Maps what a back-end answered to a record of a shared schema, by the agency's own stylesheet, and validates it. */
@NullMarked
package org.wasl.connectors.mapping;

import org.jspecify.annotations.NullMarked;
