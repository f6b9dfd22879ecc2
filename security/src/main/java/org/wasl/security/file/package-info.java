/** Files that are written whole or not at all, and secrets that only their owner may read. */
@NullMarked
package org.wasl.security.file;

import org.jspecify.annotations.NullMarked;
