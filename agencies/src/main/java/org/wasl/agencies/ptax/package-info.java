/** The property tax agency: a SOAP service. */
@NullMarked
package org.wasl.agencies.ptax;

import org.jspecify.annotations.NullMarked;
