package org.wasl.security.registry;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.wasl.security.certificate.PathVerdict;

/**
 * The short-term certificates that were found to be as they must be under one version of the registry, so that a message
 * costs no more than by a registered certificate. What changes with time is no part of it: whether the certificate and its
 * path are in time, and how it stands with its issuer, is asked for every message.
 *
 * <p>Only what a member's registered key has issued gets here: what outsiders make up is found out before and leaves nothing
 * behind. And a member that issues very many pushes out its own alone. Safe for many threads.
 */
final class SoundCertificates {

    /** For one issuing key: each of a member's nodes has one or two in use. */
    static final int MAX_OF_ISSUER = 64;

    /** For all issuing keys together. */
    static final int MAX = 20_000;

    private final Map<Octets, Sound> sound = new ConcurrentHashMap<>();
    private final Map<ShortTermCertificates.Issuer, Map<Octets, Sound>> byIssuer = new HashMap<>();

    /**
     * A certificate that is as it must be.
     *
     * @param certificate the certificate
     * @param issuer the registry's entry of the key that issued it
     * @param path the path to it, without regard to time
     */
    record Sound(X509Certificate certificate, ShortTermCertificates.Issuer issuer, PathVerdict.Found path) {}

    /** The certificate of these octets, when it is known. */
    Optional<Sound> find(byte[] octets) {
        return Optional.ofNullable(sound.get(new Octets(octets)));
    }

    /** What is known of this certificate. */
    Optional<Sound> find(X509Certificate certificate) {
        return sound.isEmpty() ? Optional.empty() : find(CertificateIndex.octets(certificate));
    }

    /** Keeps one, in place of those of the same issuer that had ended when it began. */
    synchronized void keep(Sound found) {
        if (sound.size() >= MAX) {
            byIssuer.clear();
            sound.clear();
        }
        Map<Octets, Sound> own = byIssuer.computeIfAbsent(found.issuer(), issuer -> new HashMap<>());
        Date begin = found.certificate().getNotBefore();
        List<Octets> over = new ArrayList<>();
        own.forEach((octets, old) -> {
            if (old.certificate().getNotAfter().before(begin)) {
                over.add(octets);
            }
        });
        if (over.isEmpty() && own.size() >= MAX_OF_ISSUER) {
            over.addAll(own.keySet());
        }
        over.forEach(octets -> {
            own.remove(octets);
            sound.remove(octets);
        });
        Octets key = new Octets(CertificateIndex.octets(found.certificate()));
        own.put(key, found);
        sound.put(key, found);
    }

    int size() {
        return sound.size();
    }

    /** A certificate's octets, compared as such. */
    private static final class Octets {

        private final byte[] octets;
        private final int hash;

        Octets(byte[] octets) {
            this.octets = octets;
            this.hash = Arrays.hashCode(octets);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Octets that && hash == that.hash && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
