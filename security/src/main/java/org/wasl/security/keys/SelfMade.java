package org.wasl.security.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.CertificateUse;

/** The certificate that a new key makes for itself, because stores keep no key without one; nobody trusts it. */
final class SelfMade {

    private static final Duration VALIDITY = Duration.ofDays(3652);
    private static final int SERIAL_BITS = 127;

    private SelfMade() {}

    static X509Certificate certificate(KeyPair pair, Provider provider, MemberId member, CertificateUse use)
            throws GeneralSecurityException {
        // A name of its own: tokens find issuers by name, and would take another new key's certificate for this one's.
        String fingerprint = CryptoProvider.chosen().sha256Hex(pair.getPublic().getEncoded());
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, member.toString())
                .addRDN(BCStyle.SERIALNUMBER, fingerprint.substring(0, 16))
                .addRDN(BCStyle.CN, use + " key, not certified")
                .build();
        Instant now = Instant.now();
        String algorithm = pair.getPublic().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1),
                                    Date.from(now),
                                    Date.from(now.plus(VALIDITY)),
                                    name,
                                    pair.getPublic())
                            .build(new JcaContentSignerBuilder(algorithm)
                                    .setProvider(provider)
                                    .build(pair.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the new key cannot sign for itself", e);
        }
    }
}
