/** Back-ends of sample agencies that are declared, not programmed: real servers whose every answer is a query. */
@NullMarked
package org.wasl.agencies.declared;

import org.jspecify.annotations.NullMarked;
