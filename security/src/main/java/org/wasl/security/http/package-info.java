/** Asking others over HTTP, at the addresses that the registry gives, with bounds on time and size. */
@NullMarked
package org.wasl.security.http;

import org.jspecify.annotations.NullMarked;
