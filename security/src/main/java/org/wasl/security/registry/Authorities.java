package org.wasl.security.registry;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasl.security.certificate.ChainStatus;

/** The authorities of one registry, apart by use: none ever vouches for another's purpose. */
final class Authorities {

    static final Authorities NONE = new Authorities(List.of(), List.of());

    private final List<TrustAnchor> anchors;
    private final List<TrustAnchor> intermediates;
    private final Map<CertificateUse, Pool> pools = new EnumMap<>(CertificateUse.class);

    /**
     * The authorities for one use.
     *
     * @param anchors where paths end
     * @param intermediates what may stand between
     * @param declared how each gives the status of what it issues
     */
    record Pool(
            List<X509Certificate> anchors,
            List<X509Certificate> intermediates,
            Map<X509Certificate, ChainStatus.Declared> declared) {

        ChainStatus.Declared declared(X509Certificate authority) {
            ChainStatus.Declared way = declared.get(authority);
            if (way == null) {
                throw new IllegalArgumentException("the path leads over an authority that the registry does not have");
            }
            return way;
        }
    }

    private Authorities(List<TrustAnchor> anchors, List<TrustAnchor> intermediates) {
        this.anchors = anchors;
        this.intermediates = intermediates;
        for (CertificateUse use : CertificateUse.values()) {
            List<TrustAnchor> roots = of(use, anchors);
            List<TrustAnchor> between = of(use, intermediates);
            Map<X509Certificate, ChainStatus.Declared> declared = new HashMap<>();
            List<TrustAnchor> all = new ArrayList<>(between);
            // Last, so that they win: an anchor may also stand among the intermediate ones.
            all.addAll(roots);
            all.forEach(authority -> declared.put(
                    authority.certificate(), new ChainStatus.Declared(authority.ocsp(), authority.crl() != null)));
            pools.put(use, new Pool(certificates(roots), certificates(between), declared));
        }
    }

    static Authorities of(Registry registry) {
        return new Authorities(registry.anchors(), registry.trusted().intermediates());
    }

    /** Whether that registry has these very authorities. */
    boolean isOf(Registry registry) {
        List<TrustAnchor> between = registry.trusted().intermediates();
        boolean same = registry.anchors() == anchors && between == intermediates;
        return same || (registry.anchors().equals(anchors) && between.equals(intermediates));
    }

    Pool pool(CertificateUse use) {
        Pool pool = pools.get(use);
        if (pool == null) {
            throw new IllegalStateException("every use has its authorities");
        }
        return pool;
    }

    private static List<TrustAnchor> of(CertificateUse use, List<TrustAnchor> authorities) {
        return authorities.stream().filter(authority -> authority.use() == use).toList();
    }

    private static List<X509Certificate> certificates(List<TrustAnchor> authorities) {
        return authorities.stream().map(TrustAnchor::certificate).toList();
    }
}
