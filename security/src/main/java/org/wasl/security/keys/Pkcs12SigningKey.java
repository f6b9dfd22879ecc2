package org.wasl.security.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.SignatureMethod;

/** A message key from a PKCS#12 file, held in memory: for development and for short-term keys. */
public final class Pkcs12SigningKey implements SigningKey {

    private final MemberId member;
    private final X509Certificate certificate;
    private final SignatureMethod method;
    private final PrivateKey key;

    private Pkcs12SigningKey(MemberId member, X509Certificate certificate, SignatureMethod method, PrivateKey key) {
        this.member = member;
        this.certificate = certificate;
        this.method = method;
        this.key = key;
    }

    /**
     * Loads the one key of a file.
     *
     * @param member whose key it is
     * @param file the PKCS#12 file
     * @param password its password
     * @throws IOException when the file cannot be read or the password is wrong
     * @throws GeneralSecurityException when it does not hold one P-256, Ed25519 or RSA key (of 3072 bits or more)
     */
    public static Pkcs12SigningKey load(MemberId member, Path file, String password)
            throws IOException, GeneralSecurityException {
        return of(member, Pkcs12File.readKey(file, password));
    }

    /**
     * The key of this entry.
     *
     * @throws GeneralSecurityException when it is not a P-256, Ed25519 or RSA key (of 3072 bits or more)
     */
    static Pkcs12SigningKey of(MemberId member, KeyEntry entry) throws GeneralSecurityException {
        SignatureMethod method = method(entry.certificate().getPublicKey());
        return new Pkcs12SigningKey(member, entry.certificate(), method, translate(entry.key(), method));
    }

    @Override
    public MemberId member() {
        return member;
    }

    @Override
    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public String algorithm() {
        return method.uri();
    }

    @Override
    public byte[] sign(byte[] octets) {
        try {
            Signature signature = CryptoProvider.chosen().signature(method.jcaName());
            signature.initSign(key);
            signature.update(octets);
            return method.wellFormed(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new KeyUnavailableException("the message key of " + member + " cannot sign", e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "message key of " + member;
    }

    static SignatureMethod method(PublicKey key) throws GeneralSecurityException {
        return SignatureMethod.forKey(key)
                .orElseThrow(() ->
                        new GeneralSecurityException("a message key is P-256, Ed25519, or RSA of 3072 to 8192 bits"));
    }

    /** Makes it the provider's own kind of key once, so that no signature pays for the conversion. */
    private static PrivateKey translate(PrivateKey key, SignatureMethod method) throws GeneralSecurityException {
        Provider provider = CryptoProvider.chosen().provider();
        if (provider.getService("Signature", method.jcaName()) == null) {
            return key;
        }
        try {
            return KeyFactory.getInstance(key.getAlgorithm(), provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            // It can sign with such keys but not make them: it converts at each signature.
            return key;
        }
    }
}
