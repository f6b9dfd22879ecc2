/** Keys behind one port, wherever they are kept. */
@NullMarked
package org.wasl.security.keys;

import org.jspecify.annotations.NullMarked;
