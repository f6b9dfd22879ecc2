package org.wasl.security.container;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of the tests: P-256, issues message certificates with CRL-DP and AIA, and a fresh CRL. */
public final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong(1000);

    private final X500Name name;
    private final KeyPair pair;
    private final X509Certificate certificate;
    private final Instant now;

    public TestAuthority(String commonName, Instant now) {
        this.now = now;
        this.name = new X500Name("C=JO,O=Wasl tests,CN=" + commonName);
        this.pair = generate("EC");
        try {
            JcaX509v3CertificateBuilder builder = builder(name, pair.getPublic(), now.minus(Duration.ofDays(30)), 3650);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            this.certificate = sign(builder);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A message certificate, valid from a day before the test's now, for so many days. */
    public X509Certificate issue(String commonName, PublicKey key, int days) {
        return issue(commonName, key, now.minus(Duration.ofDays(1)), days, KeyUsage.digitalSignature);
    }

    public X509Certificate issue(String commonName, PublicKey key, Instant from, int days, int keyUsage) {
        try {
            X500Name subject = new X500Name("C=JO,O=Wasl tests,CN=" + commonName);
            JcaX509v3CertificateBuilder builder = builder(subject, key, from, days);
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(pair.getPublic()));
            GeneralName crl = uri("http://pki.wasl.test/messages.crl");
            builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(new DistributionPointName(new GeneralNames(crl)), null, null)
            }));
            builder.addExtension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(
                            AccessDescription.id_ad_caIssuers, uri("http://pki.wasl.test/messages.cer")));
            return sign(builder);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public X509CRL crl(Instant issued) {
        try {
            JcaX509v2CRLBuilder builder =
                    new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(issued));
            builder.setNextUpdate(Date.from(issued.plus(Duration.ofDays(7))));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(pair.getPublic()));
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A key pair: {@code EC} on P-256, {@code EC-secp384r1}, {@code Ed25519}, {@code DSA-1024}, {@code RSA-3072}. */
    public static KeyPair generate(String type) {
        try {
            if (type.startsWith("EC-")) {
                // Curves that the JDK no longer has.
                KeyPairGenerator any = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
                any.initialize(new ECGenParameterSpec(type.substring(3)));
                return any.generateKeyPair();
            }
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(type.matches("[RD]SA-.*") ? type.substring(0, 3) : type);
            if (type.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else if (type.matches("[RD]SA-.*")) {
                generator.initialize(Integer.parseInt(type.substring(4)));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private JcaX509v3CertificateBuilder builder(X500Name subject, PublicKey key, Instant from, int days) {
        return new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(from),
                Date.from(from.plus(Duration.ofDays(days))),
                subject,
                key);
    }

    private X509Certificate sign(JcaX509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private static GeneralName uri(String uri) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
    }
}
