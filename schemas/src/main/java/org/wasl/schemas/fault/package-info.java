/** The stable fault codes, in Arabic and English, and the fault value that crosses the bus. */
@NullMarked
package org.wasl.schemas.fault;

import org.jspecify.annotations.NullMarked;
