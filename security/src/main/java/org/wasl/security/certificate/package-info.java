/** Paths of trust and the status of certificates: PKIX, OCSP, revocation lists, and the evidence that remains of them. */
@NullMarked
package org.wasl.security.certificate;

import org.jspecify.annotations.NullMarked;
