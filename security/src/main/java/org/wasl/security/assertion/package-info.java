/** What an identity issuer asserts of the person who asks, and whether it may be believed for this request. */
@NullMarked
package org.wasl.security.assertion;

import org.jspecify.annotations.NullMarked;
