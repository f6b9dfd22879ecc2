package org.wasl.security.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.P256;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.registry.ShortTermCertificates;

/**
 * Makes a message key in memory and has the member's slow key certify it: one signature of the slow key for as many
 * messages as are signed in the certificate's life.
 */
final class ShortTermIssuer {

    /** As far as clocks may be apart; it counts towards the certificate's life. */
    static final Duration BACKDATE = Duration.ofSeconds(60);

    private static final int SERIAL_BITS = 127;
    private static final int FINGERPRINT_DIGITS = 16;
    private static final int COORDINATE = P256.COORDINATE_BYTES;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ShortTermIssuer(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes and certifies one key.
     *
     * @param issuing the member's key that may issue
     * @param until when the certificate ends; cut to seconds
     * @throws KeyUnavailableException when the issuing key cannot be used now
     * @throws GeneralSecurityException when no certificate can be made of it
     */
    ShortTermKey issue(SigningKey issuing, Instant until) throws GeneralSecurityException {
        KeyPairGenerator generator = CryptoProvider.chosen().keyPairGenerator("EC");
        generator.initialize(P256.named());
        KeyPair pair = generator.generateKeyPair();
        MemberId member = issuing.member();
        X509Certificate above = issuing.certificate();
        X509Certificate certificate = certificate(pair, issuing, until);
        // What is handed out must be what the key issued, whatever the token did.
        certificate.verify(above.getPublicKey());
        SigningKey inMemory = Pkcs12SigningKey.of(member, new KeyEntry(pair.getPrivate(), List.of(certificate, above)));
        return new ShortTermKey(inMemory, pair.getPrivate(), above, clock);
    }

    private X509Certificate certificate(KeyPair pair, SigningKey issuing, Instant until)
            throws GeneralSecurityException {
        X509Certificate above = issuing.certificate();
        Instant from = clock.instant().minus(BACKDATE).truncatedTo(ChronoUnit.SECONDS);
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, issuing.member().toString())
                .addRDN(BCStyle.SERIALNUMBER, fingerprint(pair))
                .addRDN(BCStyle.CN, issuing.member().member() + " messages, short term")
                .build();
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    X500Name.getInstance(above.getSubjectX500Principal().getEncoded()),
                    new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                    Date.from(from),
                    Date.from(until.truncatedTo(ChronoUnit.SECONDS)),
                    subject,
                    pair.getPublic());
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    true,
                    new ExtendedKeyUsage(KeyPurposeId.getInstance(
                            new ASN1ObjectIdentifier(ShortTermCertificates.DOCUMENT_SIGNING))));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(pair.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(above.getPublicKey()));
            for (String statement :
                    List.of(ShortTermCertificates.NO_REVOCATION_AVAILABLE, ShortTermCertificates.VALIDITY_ASSURED)) {
                builder.addExtension(new ASN1ObjectIdentifier(statement), false, DERNull.INSTANCE);
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(new SlowSigner(issuing)));
        } catch (IOException | UncheckedIOException e) {
            throw new GeneralSecurityException("the short-term certificate cannot be made", e);
        }
    }

    /** Sets apart the certificates of one member: the first 8 octets of the key's SHA-256. */
    private static String fingerprint(KeyPair pair) {
        return CryptoProvider.chosen().sha256Hex(pair.getPublic().getEncoded()).substring(0, FINGERPRINT_DIGITS);
    }

    /** A message key's port, for certificates: only the form of ECDSA's value differs. */
    private static final class SlowSigner implements ContentSigner {

        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final SigningKey key;
        private final SignatureMethod method;

        SlowSigner(SigningKey key) throws GeneralSecurityException {
            this.key = key;
            this.method = Pkcs12SigningKey.method(key.certificate().getPublicKey());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return switch (method) {
                case ECDSA_P256_SHA256 -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
                case RSA_SHA256 ->
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
                case ED25519 -> new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
            };
        }

        @Override
        public OutputStream getOutputStream() {
            return octets;
        }

        @Override
        public byte[] getSignature() {
            byte[] value = key.sign(octets.toByteArray());
            return method == SignatureMethod.ECDSA_P256_SHA256 ? der(value) : value;
        }

        private static byte[] der(byte[] plain) {
            ASN1EncodableVector both = new ASN1EncodableVector();
            both.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(plain, 0, COORDINATE))));
            both.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(plain, COORDINATE, plain.length))));
            try {
                return new DERSequence(both).getEncoded();
            } catch (IOException e) {
                throw new UncheckedIOException("two numbers have no encoding", e);
            }
        }
    }
}
