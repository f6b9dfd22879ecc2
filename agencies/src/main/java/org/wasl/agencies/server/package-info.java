/** What all back-ends of the sample agencies have in common: they start, stop, count their disclosures and can be slowed. */
@NullMarked
package org.wasl.agencies.server;

import org.jspecify.annotations.NullMarked;
