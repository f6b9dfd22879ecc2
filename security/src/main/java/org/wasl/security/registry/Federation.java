package org.wasl.security.registry;

import java.security.cert.X509Certificate;
import java.util.Set;
import org.wasl.schemas.identifier.MemberId;

/**
 * A second authority, whose registry is believed about some members.
 *
 * @param instance the instance that it speaks for
 * @param authority the certificate with which it signs its registry
 * @param members the members that it is believed about, and no others
 */
public record Federation(String instance, X509Certificate authority, Set<MemberId> members) {

    public Federation {
        members = Set.copyOf(members);
    }
}
