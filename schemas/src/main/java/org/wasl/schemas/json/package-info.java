/** Derives JSON from documents of the shared schemas, for pages and programs; the signed form stays XML. */
@NullMarked
package org.wasl.schemas.json;

import org.jspecify.annotations.NullMarked;
