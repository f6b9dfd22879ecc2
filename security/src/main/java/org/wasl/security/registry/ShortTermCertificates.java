package org.wasl.security.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.certificate.PathFinder;
import org.wasl.security.certificate.PathRules;
import org.wasl.security.certificate.PathVerdict;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.P256;

/**
 * Message certificates that no registry lists: a member's own key, whose right to do so the registry lists ({@link
 * CertificateUse#MESSAGE_ISSUER}), issues them to the same member for hours. What such a certificate and its issuer's must
 * be is said here and nowhere else; whether a path leads to them is asked of {@link CertificatePath}.
 */
public final class ShortTermCertificates {

    /** RFC 9608: there is no revocation information of this certificate. */
    public static final String NO_REVOCATION_AVAILABLE = "2.5.29.56";

    /** ETSI EN 319 412-1: a certificate whose validity is assured by its shortness. */
    public static final String VALIDITY_ASSURED = "0.4.0.194121.2.1";

    /** RFC 9336: signs documents. */
    public static final String DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36";

    /** The shortest and the longest life that a registry can allow. */
    public static final Duration SHORTEST = Duration.ofMinutes(5);

    public static final Duration LONGEST = Duration.ofHours(24);

    private static final int MAX_OCTETS = 4096;
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String LIST_POINTS = "2.5.29.31";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final String PURPOSES = "2.5.29.37";
    private static final String FRESHEST_LIST = "2.5.29.46";
    private static final Set<String> MAY_BE_CRITICAL = Set.of(KEY_USAGE, PURPOSES, BASIC_CONSTRAINTS);

    private ShortTermCertificates() {}

    /**
     * Who issued a message certificate that the registry does not list.
     *
     * @param member whose key it is
     * @param certificate its entry
     */
    public record Issuer(MemberId member, RegisteredCertificate certificate) {}

    /**
     * A certificate from octets that may be anything; empty when they are not exactly one certificate, or too many.
     * Whoever asks trusts nothing in it before a path led to it.
     */
    public static Optional<X509Certificate> read(byte[] octets) {
        if (octets.length > MAX_OCTETS) {
            return Optional.empty();
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
            return Arrays.equals(certificate.getEncoded(), octets) ? Optional.of(certificate) : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException e) {
            // Octets from outside; the parser's own exceptions are as good as an answer.
            return Optional.empty();
        }
    }

    /** Whether anybody may issue message certificates; where nobody may, none is read. */
    public static boolean allowed(Registry registry) {
        return registry.hasMessageIssuers();
    }

    /**
     * A certificate of these octets that is issued in the name of a registered key and is not registered itself; empty
     * when there is none. Read once for as long as it is known; believed by nothing but its path.
     */
    public static Optional<X509Certificate> find(Registry registry, byte[] octets) {
        if (!allowed(registry)) {
            return Optional.empty();
        }
        Optional<SoundCertificates.Sound> known = registry.sound().find(octets);
        return known.isPresent()
                ? known.map(SoundCertificates.Sound::certificate)
                : read(octets).filter(read -> issuer(registry, read).isPresent());
    }

    /**
     * The registered key in whose name the certificate was issued; that it was, a path must still show. Empty when there
     * is none, or when the certificate is registered itself.
     */
    public static Optional<Issuer> issuer(Registry registry, X509Certificate certificate) {
        if (!allowed(registry) || registry.owner(certificate).isPresent()) {
            return Optional.empty();
        }
        Optional<SoundCertificates.Sound> known = registry.sound().find(certificate);
        return known.isPresent()
                ? known.map(SoundCertificates.Sound::issuer)
                : IssuingKey.named(certificate).flatMap(registry::messageIssuer);
    }

    /**
     * What a certificate says of the key that issued it. A renewed issuer may keep its name: the key's identifier tells
     * them apart.
     *
     * @param name the issuer's name
     * @param key the identifier of its key, in hexadecimal
     */
    record IssuingKey(X500Principal name, String key) {

        /** The key of this certificate, as those below it name it; empty when it has no identifier. */
        static Optional<IssuingKey> of(X509Certificate certificate) {
            return identifier(certificate, SUBJECT_KEY, own -> SubjectKeyIdentifier.getInstance(own)
                            .getKeyIdentifier())
                    .map(key -> new IssuingKey(certificate.getSubjectX500Principal(), key));
        }

        /** The key that this certificate names; empty when it names none. */
        static Optional<IssuingKey> named(X509Certificate certificate) {
            return identifier(certificate, AUTHORITY_KEY, above -> AuthorityKeyIdentifier.getInstance(above)
                            .getKeyIdentifierOctets())
                    .map(key -> new IssuingKey(certificate.getIssuerX500Principal(), key));
        }

        private static Optional<String> identifier(
                X509Certificate certificate, String extension, Function<ASN1Primitive, byte @Nullable []> read) {
            byte[] value = certificate.getExtensionValue(extension);
            if (value == null) {
                return Optional.empty();
            }
            try {
                byte[] identifier = read.apply(JcaX509ExtensionUtils.parseExtensionValue(value));
                return identifier == null
                        ? Optional.empty()
                        : Optional.of(HexFormat.of().formatHex(identifier));
            } catch (IOException | RuntimeException unreadable) {
                // An extension of a certificate from outside: what cannot be read names nothing.
                return Optional.empty();
            }
        }
    }

    /**
     * The path to a short-term certificate over its issuer, by everything but revocation.
     *
     * @param issuer in whose name it was issued
     */
    public static PathVerdict path(Registry registry, X509Certificate certificate, Issuer issuer, Instant at) {
        return path(Authorities.of(registry), certificate, issuer, at);
    }

    static PathVerdict path(Authorities authorities, X509Certificate certificate, Issuer issuer, Instant at) {
        if (isForged(certificate, issuer)) {
            return new PathVerdict.None("another key signed it");
        }
        Authorities.Pool pool = authorities.pool(CertificateUse.MESSAGE_ISSUER);
        X509Certificate above = issuer.certificate().certificate();
        List<X509Certificate> between = new ArrayList<>(pool.intermediates());
        between.add(above);
        PathVerdict verdict = PathFinder.find(certificate, between, pool.anchors(), PathRules.withoutRevocation(at));
        return verdict instanceof PathVerdict.Found found && !found.issuer(0).equals(above)
                ? new PathVerdict.None("another key issued it")
                : verdict;
    }

    /** Whether the signature is not of the issuer's key: found out before anything dearer is done. */
    private static boolean isForged(X509Certificate certificate, Issuer issuer) {
        try {
            certificate.verify(
                    issuer.certificate().certificate().getPublicKey(),
                    CryptoProvider.chosen().provider());
            return false;
        } catch (SignatureException e) {
            return true;
        } catch (GeneralSecurityException e) {
            // Not of a kind that this provider can judge: the path is to say.
            return false;
        }
    }

    /**
     * What is wrong with a certificate that claims to be such a one; empty when it is as it must be.
     *
     * @param issuer in whose name it was issued
     */
    static Optional<String> broken(X509Certificate certificate, Issuer issuer) {
        Duration life = Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
        Duration longest = issuer.certificate().longestLife();
        if (longest == null || life.isNegative() || life.compareTo(longest) > 0) {
            return Optional.of("it lives for " + life + ", and its issuer may issue for " + longest + " at most");
        }
        if (!P256.isKey(certificate.getPublicKey())) {
            return Optional.of("its key is not of P-256");
        }
        if (!SubjectNames.organisations(certificate)
                .equals(List.of(issuer.member().toString()))) {
            return Optional.of("its subject is not " + issuer.member());
        }
        return brokenExtension(certificate);
    }

    private static Optional<String> brokenExtension(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        if (certificate.getBasicConstraints() >= 0) {
            return Optional.of("it is an authority's");
        }
        if (usage == null
                || !only(usage, CertificatePath.DIGITAL_SIGNATURE)
                || critical == null
                || !critical.contains(KEY_USAGE)) {
            return Optional.of("its key may do something else than sign");
        }
        if (!purposes(certificate).equals(List.of(DOCUMENT_SIGNING)) || !critical.contains(PURPOSES)) {
            return Optional.of("its extended key usage is not that of documents alone");
        }
        if (!MAY_BE_CRITICAL.containsAll(critical)) {
            return Optional.of("it has a critical extension that no such certificate has");
        }
        if (certificate.getExtensionValue(NO_REVOCATION_AVAILABLE) == null
                && certificate.getExtensionValue(VALIDITY_ASSURED) == null) {
            return Optional.of("it does not say that its short life stands for its status");
        }
        if (certificate.getExtensionValue(LIST_POINTS) != null
                || certificate.getExtensionValue(FRESHEST_LIST) != null) {
            return Optional.of("it names a revocation list, and its issuer has none");
        }
        return Optional.empty();
    }

    /**
     * What is wrong with a registered certificate as to issuing message certificates; a part of a sentence that begins
     * with the certificate.
     */
    static Optional<String> problem(MemberId member, RegisteredCertificate registered) {
        Duration longest = registered.longestLife();
        if (registered.use() != CertificateUse.MESSAGE_ISSUER) {
            return longest == null ? Optional.empty() : Optional.of("has a longest life but issues nothing");
        }
        if (longest == null || longest.compareTo(SHORTEST) < 0 || longest.compareTo(LONGEST) > 0) {
            return Optional.of("issues message certificates, and says not for how long between 5 minutes and 24 hours");
        }
        X509Certificate certificate = registered.certificate();
        if (!mayIssue(certificate)) {
            return Optional.of("may not issue end-entity certificates for documents, or may do more than that");
        }
        return isConfined(certificate, member)
                ? Optional.empty()
                : Optional.of("is not confined to its member by a critical name constraint");
    }

    /** Whether it may issue to end entities, for documents, and do nothing else. */
    static boolean mayIssue(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() == 0
                && usage != null
                && only(usage, CertificatePath.CERTIFICATE_SIGN)
                && purposes(certificate).equals(List.of(DOCUMENT_SIGNING));
    }

    private static boolean isConfined(X509Certificate certificate, MemberId member) {
        byte[] value = certificate.getExtensionValue(NAME_CONSTRAINTS);
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        if (value == null || critical == null || !critical.contains(NAME_CONSTRAINTS)) {
            return false;
        }
        try {
            GeneralSubtree[] permitted = NameConstraints.getInstance(JcaX509ExtensionUtils.parseExtensionValue(value))
                    .getPermittedSubtrees();
            if (permitted == null || permitted.length != 1) {
                return false;
            }
            GeneralName base = permitted[0].getBase();
            return base.getTagNo() == GeneralName.directoryName
                    && SubjectNames.organisations(base.getName()).equals(List.of(member.toString()));
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }

    private static boolean only(boolean[] usage, int wanted) {
        for (int bit = 0; bit < usage.length; bit++) {
            if (usage[bit] != (bit == wanted)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> purposes(X509Certificate certificate) {
        try {
            @Nullable List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateException unreadable) {
            // What cannot be read allows nothing.
            return List.of();
        }
    }
}
