/** Sample agency back-ends with synthetic data; knows nothing of the bus. */
@NullMarked
package org.wasl.agencies;

import org.jspecify.annotations.NullMarked;
