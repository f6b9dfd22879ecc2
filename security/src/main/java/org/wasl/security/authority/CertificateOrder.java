package org.wasl.security.authority;

import java.security.PublicKey;
import java.time.Duration;
import java.util.List;

/**
 * What the authority was asked to certify; the name is the authority's to give, never the applicant's.
 *
 * @param profile what the certificate is good for
 * @param organisation whose it is: the subject's organisation; a member's identifier where it speaks for a member
 * @param commonName the subject's common name
 * @param key the key; its holder proved that it has the private one
 * @param hosts names and addresses of a TLS server, empty for other profiles
 * @param validity for how long
 */
public record CertificateOrder(
        CertificateProfile profile,
        String organisation,
        String commonName,
        PublicKey key,
        List<String> hosts,
        Duration validity) {

    private static final Duration SHORT_TERM_LIMIT = Duration.ofHours(24);

    public CertificateOrder {
        hosts = List.copyOf(hosts);
        if (commonName.isBlank() || commonName.length() > 64) {
            throw new IllegalArgumentException("a common name has 1 to 64 characters");
        }
        if (validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("a certificate must be valid for some time");
        }
        if (profile == CertificateProfile.MESSAGE_SHORT_TERM && validity.compareTo(SHORT_TERM_LIMIT) > 0) {
            throw new IllegalArgumentException("a certificate without revocation is valid for at most 24 hours");
        }
    }

    /** An order without its key: what stays the same when the key is made anew. */
    record Terms(
            CertificateProfile profile, String organisation, String commonName, List<String> hosts, Duration validity) {

        CertificateOrder order(PublicKey key) {
            return new CertificateOrder(profile, organisation, commonName, key, hosts, validity);
        }
    }
}
