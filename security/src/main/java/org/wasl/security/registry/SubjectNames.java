package org.wasl.security.registry;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** Names in certificates. What cannot be read names nobody. */
final class SubjectNames {

    private SubjectNames() {}

    /** The organisations that the subject names. */
    static List<String> organisations(X509Certificate certificate) {
        return organisations((Object) certificate.getSubjectX500Principal().getEncoded());
    }

    /**
     * The organisations of a distinguished name.
     *
     * @param name its encoding, or its structure
     */
    static List<String> organisations(Object name) {
        try {
            List<String> organisations = new ArrayList<>();
            for (RDN part : X500Name.getInstance(name).getRDNs(BCStyle.O)) {
                organisations.add(IETFUtils.valueToString(part.getFirst().getValue()));
            }
            return List.copyOf(organisations);
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            // Octets that are no text: the parser of certificates lets them pass.
            return List.of();
        }
    }
}
