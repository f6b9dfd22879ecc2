/** Callers who ask at a seeded rate, whatever becomes of those before. */
@NullMarked
package org.wasl.faults.load;

import org.jspecify.annotations.NullMarked;
