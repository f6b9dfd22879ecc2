package org.wasl.security.registry;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that trust rests on and that ends soon, or has ended.
 *
 * @param kind what it is
 * @param name which one, for people
 * @param ends when it ends
 */
public record Expiring(Kind kind, String name, Instant ends) {

    /** What can end. */
    public enum Kind {
        REGISTRY,
        AUTHORITY,
        CERTIFICATE,
        REVOCATION_LIST
    }

    /**
     * What ends within this time and has no successor yet, soonest first. A member's certificate that another of the same
     * use outlives is being rotated as it should: nobody is warned of it.
     *
     * @param registry the registry in force
     * @param lists the revocation lists at hand
     */
    public static List<Expiring> within(Duration time, Registry registry, List<X509CRL> lists, Instant now) {
        Instant horizon = now.plus(time);
        List<Expiring> found = new ArrayList<>();
        if (registry.expires().isBefore(horizon)) {
            found.add(new Expiring(Kind.REGISTRY, "version " + registry.version(), registry.expires()));
        }
        List<TrustAnchor> authorities = Stream.concat(
                        registry.anchors().stream(), registry.trusted().intermediates().stream())
                .toList();
        for (TrustAnchor authority : authorities) {
            Instant ends = authority.certificate().getNotAfter().toInstant();
            if (ends.isBefore(horizon)) {
                found.add(new Expiring(Kind.AUTHORITY, authority.use() + " " + name(authority.certificate()), ends));
            }
        }
        for (Member member : registry.members()) {
            for (CertificateUse use : uses(member)) {
                Instant ends = last(member, use);
                if (ends.isBefore(horizon)) {
                    found.add(new Expiring(Kind.CERTIFICATE, use + " of " + member.id(), ends));
                }
            }
        }
        found.addAll(lists(authorities, lists, horizon));
        found.sort(Comparator.comparing(Expiring::ends));
        return found;
    }

    private static Set<CertificateUse> uses(Member member) {
        return member.certificates().stream().map(RegisteredCertificate::use).collect(Collectors.toSet());
    }

    /** When the member's last certificate of this use ends, by itself or by the registry. */
    private static Instant last(Member member, CertificateUse use) {
        return member.certificates().stream()
                .filter(entry -> entry.use() == use && entry.compromisedFrom() == null)
                .map(entry -> {
                    Instant own = entry.certificate().getNotAfter().toInstant();
                    return own.isBefore(entry.validTo()) ? own : entry.validTo();
                })
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private static List<Expiring> lists(List<TrustAnchor> authorities, List<X509CRL> lists, Instant horizon) {
        List<Expiring> found = new ArrayList<>();
        for (TrustAnchor authority : authorities) {
            lists.stream()
                    .filter(list -> authority.crl() != null
                            && list.getIssuerX500Principal()
                                    .equals(authority.certificate().getSubjectX500Principal())
                            && list.getNextUpdate() != null)
                    .map(list -> list.getNextUpdate().toInstant())
                    .max(Comparator.naturalOrder())
                    .filter(ends -> ends.isBefore(horizon))
                    .ifPresent(ends ->
                            found.add(new Expiring(Kind.REVOCATION_LIST, "of " + name(authority.certificate()), ends)));
        }
        return found;
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
