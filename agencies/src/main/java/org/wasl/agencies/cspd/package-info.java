/** The civil status agency: a relational database. */
@NullMarked
package org.wasl.agencies.cspd;

import org.jspecify.annotations.NullMarked;
