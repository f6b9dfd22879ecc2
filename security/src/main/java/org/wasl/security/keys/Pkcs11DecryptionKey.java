package org.wasl.security.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KeyAgreement;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.P256;

/** A decryption key in a PKCS#11 token, which agrees on secrets: the key itself never leaves. */
final class Pkcs11DecryptionKey implements DecryptionKey {

    private final Pkcs11Token token;
    private final String label;
    private final MemberId member;
    private final X509Certificate certificate;

    Pkcs11DecryptionKey(Pkcs11Token token, HeldKey key) throws GeneralSecurityException {
        if (!P256.isKey(key.certificate().getPublicKey())) {
            throw new GeneralSecurityException("a decryption key is of P-256");
        }
        this.token = token;
        this.label = key.name();
        this.member = key.member();
        this.certificate = key.certificate();
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
        return token.compute(label, (key, provider) -> {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
            agreement.init(key);
            agreement.doPhase(
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(ephemeral.getEncoded())), true);
            return agreement.generateSecret();
        });
    }

    @Override
    public String toString() {
        return "decryption key of " + member + " in " + token;
    }
}
