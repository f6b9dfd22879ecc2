package org.wasl.security.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.wasl.security.keys.KeyEntry;

/** The certificates that an authority needs for its own business: roots, intermediates, responders, time-stamps. */
final class AuthorityCertificates {

    private static final Duration BACKDATE = Duration.ofMinutes(5);
    private static final int SERIAL_BITS = 127;

    private final String organisation;
    private final Clock clock;

    /** @param organisation the organisation that runs the authorities */
    AuthorityCertificates(String organisation, Clock clock) {
        this.organisation = organisation;
        this.clock = clock;
    }

    /** What sets one kind of certificate apart. */
    @FunctionalInterface
    private interface Profile {
        void addTo(X509v3CertificateBuilder builder) throws IOException;
    }

    /**
     * A root under which intermediates issue.
     *
     * @param below how many authorities may stand below one another under it
     */
    KeyEntry root(String commonName, Duration validity, int below) throws GeneralSecurityException {
        KeyPair pair = EcKeys.generate();
        X500Name name = name(commonName);
        X509Certificate certificate = build(
                name, new Signer(name, pair.getPrivate(), null), pair, validity, builder -> authority(builder, below));
        return new KeyEntry(pair.getPrivate(), List.of(certificate));
    }

    /**
     * An authority under this root.
     *
     * @param below how many authorities may stand below one another under it; 0: it issues to end entities only
     */
    KeyEntry intermediate(KeyEntry root, String commonName, Duration validity, int below)
            throws GeneralSecurityException {
        return under(root, commonName, validity, builder -> authority(builder, below));
    }

    /** A key that answers for the status of what this authority issued. */
    KeyEntry responder(KeyEntry authority, String commonName, Duration validity) throws GeneralSecurityException {
        return under(authority, commonName, validity, builder -> {
            endEntity(builder, KeyPurposeId.id_kp_OCSPSigning, false);
            builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
        });
    }

    /** A key that signs time-stamps. */
    KeyEntry timeStamper(KeyEntry authority, String commonName, Duration validity) throws GeneralSecurityException {
        return under(
                authority, commonName, validity, builder -> endEntity(builder, KeyPurposeId.id_kp_timeStamping, true));
    }

    private static void authority(X509v3CertificateBuilder builder, int below) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(below));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private static void endEntity(X509v3CertificateBuilder builder, KeyPurposeId purpose, boolean critical)
            throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purpose));
    }

    /** Who signs; without a certificate, the key signs its own. */
    private record Signer(
            X500Name name, PrivateKey key, @Nullable X509Certificate certificate) {}

    private KeyEntry under(KeyEntry issuer, String commonName, Duration validity, Profile profile)
            throws GeneralSecurityException {
        KeyPair pair = EcKeys.generate();
        X500Name issuerName = new JcaX509CertificateHolder(issuer.certificate()).getSubject();
        X509Certificate certificate = build(
                name(commonName), new Signer(issuerName, issuer.key(), issuer.certificate()), pair, validity, profile);
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        chain.addAll(issuer.chain());
        return new KeyEntry(pair.getPrivate(), chain);
    }

    private X509Certificate build(X500Name subject, Signer issuer, KeyPair pair, Duration validity, Profile profile)
            throws GeneralSecurityException {
        Instant now = clock.instant();
        Instant to = now.plus(validity);
        X509Certificate above = issuer.certificate();
        if (above != null && to.isAfter(above.getNotAfter().toInstant())) {
            throw new GeneralSecurityException("the certificate would outlive the authority's own");
        }
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer.name(),
                    new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1),
                    Date.from(now.minus(BACKDATE).truncatedTo(ChronoUnit.SECONDS)),
                    Date.from(to),
                    subject,
                    pair.getPublic());
            profile.addTo(builder);
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(pair.getPublic()));
            if (above != null) {
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        ids.createAuthorityKeyIdentifier(above.getPublicKey()));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.key())));
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException("the certificate cannot be made", e);
        }
    }

    private X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organisation)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }
}
