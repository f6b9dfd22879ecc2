package org.wasl.security.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * PKCS#12 (RFC 7292) under a password of 256 random bits. Such a password cannot be guessed, however quick a guess is, so that the
 * key is derived with few rounds; a platform's usual ten thousand would be most of what a node does when it starts.
 * Certificates are public, and stand in it in the clear; all is under the password's MAC.
 */
final class Pkcs12Builder {

    /** The least that NIST SP 800-132, section 5.2, lets anybody use. */
    static final int ROUNDS = 1_000;

    /** What makes a certificate one that the platform's key stores trust; its value is the use that it is trusted for. */
    private static final ASN1ObjectIdentifier TRUSTED = new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

    private static final AlgorithmIdentifier HMAC_SHA256 =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private final char[] password;
    private final PKCS12PfxPduBuilder content = new PKCS12PfxPduBuilder();

    Pkcs12Builder(String password) {
        this.password = password.toCharArray();
    }

    /** A key under this alias, with its certificates, its own first. */
    Pkcs12Builder key(String alias, KeyEntry entry) throws IOException, GeneralSecurityException {
        DERBMPString name = new DERBMPString(alias);
        DEROctetString id = new DEROctetString(new byte[] {1});
        content.addData(new JcaPKCS12SafeBagBuilder(entry.key(), encryptor())
                .addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, name)
                .addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, id)
                .build());
        for (int i = 0; i < entry.chain().size(); i++) {
            PKCS12SafeBagBuilder bag = new JcaPKCS12SafeBagBuilder(entry.chain().get(i));
            if (i == 0) {
                bag.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, name)
                        .addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, id);
            }
            content.addData(bag.build());
        }
        return this;
    }

    /** Certificates that are trusted. */
    Pkcs12Builder trusted(List<X509Certificate> certificates) throws IOException {
        for (int i = 0; i < certificates.size(); i++) {
            content.addData(new JcaPKCS12SafeBagBuilder(certificates.get(i))
                    .addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString("trusted-" + i))
                    .addBagAttribute(TRUSTED, KeyPurposeId.anyExtendedKeyUsage)
                    .build());
        }
        return this;
    }

    /** The file's octets. */
    byte[] build() throws IOException, GeneralSecurityException {
        try {
            return content.build(
                            new JcePKCS12MacCalculatorBuilder(NISTObjectIdentifiers.id_sha256)
                                    .setProvider(PROVIDER)
                                    .setIterationCount(ROUNDS),
                            password)
                    .getEncoded(ASN1Encoding.DL);
        } catch (PKCSException e) {
            throw new GeneralSecurityException("the PKCS#12 file cannot be made", e);
        }
    }

    private OutputEncryptor encryptor() throws GeneralSecurityException {
        try {
            return new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                    .setProvider(PROVIDER)
                    .setPRF(HMAC_SHA256)
                    .setIterationCount(ROUNDS)
                    .build(password);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the key cannot be encrypted", e);
        }
    }
}
