package org.wasl.bench.peer.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * One side of an exchange: a P-256 key, held in memory, and its certificate.
 *
 * @param name how it is called, also its alias in key stores
 * @param privateKey of the given provider's own kind, so that no computation has to convert it
 * @param certificate made by itself, for signing
 */
public record Party(String name, PrivateKey privateKey, X509Certificate certificate) {

    /** What protects key stores that never leave the process. */
    public static final String PASSWORD = "peer";

    private static final Duration VALID = Duration.ofDays(30);
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** A party with a fresh key, for computations with this provider. */
    public static Party make(String name, Provider provider) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = certify(name, pair);
        KeyFactory factory = KeyFactory.getInstance("EC", provider);
        return new Party(
                name,
                factory.generatePrivate(
                        new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded())),
                certificate);
    }

    private static X509Certificate certify(String name, KeyPair pair) throws GeneralSecurityException, IOException {
        X500Name subject = new X500Name("CN=" + name + ",O=Bench,C=JO");
        Instant now = Instant.now();
        try {
            byte[] encoded = new X509v3CertificateBuilder(
                            subject,
                            BigInteger.valueOf(now.toEpochMilli()),
                            Date.from(now.minus(SKEW)),
                            Date.from(now.plus(VALID)),
                            subject,
                            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("no certificate can be signed", e);
        }
    }

    /** The certificate's key, of this provider's own kind. */
    public PublicKey publicKey(Provider provider) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", provider)
                .generatePublic(
                        new X509EncodedKeySpec(certificate.getPublicKey().getEncoded()));
    }

    /** A key store in memory with this party's key and the partner's certificate. */
    public KeyStore keyStore(Party partner) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                name,
                KeyFactory.getInstance("EC", "SunEC").generatePrivate(new PKCS8EncodedKeySpec(privateKey.getEncoded())),
                PASSWORD.toCharArray(),
                new X509Certificate[] {certificate});
        store.setCertificateEntry(partner.name(), partner.certificate());
        return store;
    }
}
