/** Time-stamps of an authority (RFC 3161): asked for, and judged by the registry. */
@NullMarked
package org.wasl.security.timestamp;

import org.jspecify.annotations.NullMarked;
