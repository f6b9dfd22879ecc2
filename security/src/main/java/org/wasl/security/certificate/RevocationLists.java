package org.wasl.security.certificate;

import java.security.cert.X509CRL;
import java.util.List;

/** The revocation lists at hand; asked anew for every certificate, so that a new list takes effect at once. */
@FunctionalInterface
public interface RevocationLists {

    /** No lists. */
    RevocationLists NONE = List::of;

    /**
     * All of them, genuine or not: whose they are is seen when a path is validated with them. The same list object for
     * as long as nothing changed.
     */
    List<X509CRL> lists();
}
