/** The one hardened XML factory: everything that parses, checks or writes XML does it through here. */
@NullMarked
package org.wasl.schemas.xml;

import org.jspecify.annotations.NullMarked;
