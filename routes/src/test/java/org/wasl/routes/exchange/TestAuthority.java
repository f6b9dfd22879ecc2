package org.wasl.routes.exchange;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.keys.DecryptionKey;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.Pkcs12DecryptionKey;
import org.wasl.security.keys.SigningKey;

/** A certificate authority in memory, and the keys it certifies. */
public final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Duration LIFE = Duration.ofDays(30);

    private final X500Name name = new X500Name("CN=Test authority");
    private final KeyPair pair = generate();
    private final X509Certificate certificate;

    public TestAuthority() {
        certificate =
                certify(name, pair.getPublic(), new BasicConstraints(true), KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** The authority's own key. */
    public KeyPair pair() {
        return pair;
    }

    Key key(MemberId member) {
        KeyPair own = generate();
        return new Key(member, own, issue(member.dotted(), own.getPublic()));
    }

    DecryptionKey encryptionKey(MemberId member) {
        KeyPair own = generate();
        X509Certificate certified = certify(
                new X500Name("CN=" + member.dotted()),
                own.getPublic(),
                new BasicConstraints(false),
                KeyUsage.keyAgreement);
        try {
            return Pkcs12DecryptionKey.of(member, new KeyEntry(own.getPrivate(), List.of(certified)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public X509Certificate issue(String commonName, PublicKey key) {
        return certify(new X500Name("CN=" + commonName), key, new BasicConstraints(false), KeyUsage.digitalSignature);
    }

    /** The list of what it revoked a minute ago, good for an hour. */
    X509CRL revocations(Collection<X509Certificate> revoked) {
        Instant now = Instant.now();
        try {
            JcaX509v2CRLBuilder list =
                    new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(now.minusSeconds(60)));
            list.setNextUpdate(Date.from(now.plusSeconds(3_600)));
            revoked.forEach(one ->
                    list.addCRLEntry(one.getSerialNumber(), Date.from(now.minusSeconds(60)), CRLReason.keyCompromise));
            return new JcaX509CRLConverter()
                    .getCRL(list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A certificate for a TLS client or server. */
    public X509Certificate issueTls(String commonName, PublicKey key) {
        return issueTls(commonName, key, Instant.now().minus(Duration.ofDays(1)));
    }

    /** The same, valid from then for thirty days. */
    public X509Certificate issueTls(String commonName, PublicKey key, Instant from) {
        return certify(
                new X500Name("CN=" + commonName),
                key,
                new BasicConstraints(false),
                KeyUsage.digitalSignature,
                from,
                new ExtendedKeyUsage(
                        new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}));
    }

    private X509Certificate certify(X500Name subject, PublicKey key, BasicConstraints constraints, int usage) {
        return certify(subject, key, constraints, usage, Instant.now().minus(Duration.ofDays(1)), null);
    }

    private X509Certificate certify(
            X500Name subject,
            PublicKey key,
            BasicConstraints constraints,
            int usage,
            Instant from,
            ExtendedKeyUsage purposes) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(from.plus(LIFE)),
                    subject,
                    key);
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (purposes != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, purposes);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (java.io.IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A member's message key in memory. */
    record Key(MemberId member, KeyPair pair, X509Certificate certificate) implements SigningKey {

        Key as(MemberId other) {
            return new Key(other, pair, certificate);
        }

        @Override
        public String algorithm() {
            return SignatureMethod.ECDSA_P256_SHA256.uri();
        }

        @Override
        public byte[] sign(byte[] octets) {
            try {
                Signature signature = CryptoProvider.chosen().signature(SignatureMethod.ECDSA_P256_SHA256.jcaName());
                signature.initSign(pair.getPrivate());
                signature.update(octets);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
