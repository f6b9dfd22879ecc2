/** The authority's side: certificate authorities, their profiles, and the registry that it signs. */
@NullMarked
package org.wasl.security.authority;

import org.jspecify.annotations.NullMarked;
