package org.wasl.security.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KeyAgreement;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.P256;

/** A decryption key from a PKCS#12 file, held in memory: for development. */
public final class Pkcs12DecryptionKey implements DecryptionKey {

    private static final String AGREEMENT = "ECDH";

    private final MemberId member;
    private final X509Certificate certificate;
    private final PrivateKey key;

    private Pkcs12DecryptionKey(MemberId member, X509Certificate certificate, PrivateKey key) {
        this.member = member;
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Loads the one key of a file.
     *
     * @param member whose key it is
     * @param file the PKCS#12 file
     * @param password its password
     * @throws IOException when the file cannot be read or the password is wrong
     * @throws GeneralSecurityException when it does not hold one P-256 key
     */
    public static Pkcs12DecryptionKey load(MemberId member, Path file, String password)
            throws IOException, GeneralSecurityException {
        return of(member, Pkcs12File.readKey(file, password));
    }

    /**
     * The key of this entry.
     *
     * @throws GeneralSecurityException when it is not a P-256 key
     */
    public static Pkcs12DecryptionKey of(MemberId member, KeyEntry entry) throws GeneralSecurityException {
        if (!P256.isKey(entry.certificate().getPublicKey())) {
            throw new GeneralSecurityException("a decryption key is of P-256");
        }
        // The agreeing provider's own kind of key, so that no agreement pays for the conversion.
        Provider provider = CryptoProvider.chosen().keyAgreement(AGREEMENT).getProvider();
        PrivateKey own = KeyFactory.getInstance("EC", provider)
                .generatePrivate(new PKCS8EncodedKeySpec(entry.key().getEncoded()));
        return new Pkcs12DecryptionKey(member, entry.certificate(), own);
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
    public byte[] agree(ECPublicKey ephemeral) {
        try {
            KeyAgreement agreement = CryptoProvider.chosen().keyAgreement(AGREEMENT);
            agreement.init(key);
            agreement.doPhase(translated(ephemeral, agreement.getProvider()), true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new KeyUnavailableException("the decryption key of " + member + " cannot agree on a secret", e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "decryption key of " + member;
    }

    private static PublicKey translated(ECPublicKey key, Provider provider) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", provider).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }
}
