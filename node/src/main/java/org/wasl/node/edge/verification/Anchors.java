package org.wasl.node.edge.verification;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.EvidencePolicy;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.TrustAnchor;

/**
 * Whom this node trusts, by the registry in force: what of it is needed to verify messages and checkpoints, and nothing of
 * who may ask what. It is this node's word; who needs more compares the authority's fingerprint by another way.
 *
 * @param authority the SHA-256 of the registry authority's certificate, lower-case hexadecimal
 * @param instance the registry's instance
 * @param version the registry's version
 * @param anchors authorities at which paths end
 * @param intermediates authorities between
 * @param certificates members' certificates for messages
 * @param logs keys that sign checkpoints
 * @param witnesses keys that cosign them
 * @param quorum how many parties must have cosigned; 0 when nobody must
 */
record Anchors(
        String authority,
        String instance,
        long version,
        List<Authority> anchors,
        List<Authority> intermediates,
        List<Registered> certificates,
        List<Key> logs,
        List<Key> witnesses,
        int quorum) {

    private static final Set<CertificateUse> SHOWN =
            Set.of(CertificateUse.MESSAGE, CertificateUse.MESSAGE_ISSUER, CertificateUse.TIMESTAMP);
    private static final int KEY_BYTES = 32;

    /**
     * An authority.
     *
     * @param ocsp whether it answers for the status of what it issued
     * @param lists whether it issues revocation lists
     * @param certificate DER, Base64
     */
    record Authority(CertificateUse use, boolean ocsp, boolean lists, String certificate) {

        static Authority of(TrustAnchor anchor) {
            return new Authority(
                    anchor.use(), anchor.ocsp() != null, anchor.crl() != null, base64(anchor.certificate()));
        }
    }

    /**
     * A member's certificate.
     *
     * @param certificate DER, Base64
     * @param longestLifeMillis how long what it issues may live; null unless it issues
     */
    record Registered(
            String member,
            CertificateUse use,
            Instant validFrom,
            Instant validTo,
            @Nullable Instant compromisedFrom,
            @Nullable Long longestLifeMillis,
            String certificate) {

        static Registered of(Member member, RegisteredCertificate entry) {
            Duration longest = entry.longestLife();
            return new Registered(
                    member.id().toString(),
                    entry.use(),
                    entry.validFrom(),
                    entry.validTo(),
                    entry.compromisedFrom(),
                    longest == null ? null : longest.toMillis(),
                    base64(entry.certificate()));
        }
    }

    /**
     * A key of a log or a witness.
     *
     * @param member whose it is; null for a witness that is no member
     * @param key Ed25519, 32 octets, Base64
     */
    record Key(
            @Nullable String member,
            String name,
            Instant validFrom,
            Instant validTo,
            @Nullable Instant compromisedFrom,
            String key) {}

    static Anchors of(Registry registry, X509Certificate authority) {
        return new Anchors(
                CryptoProvider.chosen().sha256Hex(encoded(authority)),
                registry.instance(),
                registry.version(),
                authorities(registry.anchors()),
                authorities(registry.trusted().intermediates()),
                registry.members().stream()
                        .flatMap(member -> member.certificates().stream()
                                .filter(entry -> SHOWN.contains(entry.use()))
                                .map(entry -> Registered.of(member, entry)))
                        .toList(),
                registry.members().stream()
                        .flatMap(member -> member.noteKeys().stream()
                                .filter(key -> key.use() == NoteKey.Use.CHECKPOINT)
                                .map(key -> new Key(
                                        member.id().toString(),
                                        key.name(),
                                        key.validFrom(),
                                        key.validTo(),
                                        key.compromisedFrom(),
                                        raw(key.key()))))
                        .toList(),
                registry.witnesses().stream()
                        .map(witness -> new Key(
                                witness.member() == null
                                        ? null
                                        : witness.member().toString(),
                                witness.name(),
                                witness.validFrom(),
                                witness.validTo(),
                                witness.compromisedFrom(),
                                raw(witness.key())))
                        .toList(),
                registry.evidence()
                        .flatMap(EvidencePolicy::witnessing)
                        .map(EvidencePolicy.Witnessing::quorum)
                        .orElse(0));
    }

    private static List<Authority> authorities(List<TrustAnchor> authorities) {
        return authorities.stream()
                .filter(authority -> SHOWN.contains(authority.use()))
                .map(Authority::of)
                .toList();
    }

    /** Of an Ed25519 key's SubjectPublicKeyInfo (RFC 8410) the end is the key. */
    private static String raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Base64.getEncoder()
                .encodeToString(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    private static String base64(X509Certificate certificate) {
        return Base64.getEncoder().encodeToString(encoded(certificate));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate of the registry has no encoding", e);
        }
    }
}
