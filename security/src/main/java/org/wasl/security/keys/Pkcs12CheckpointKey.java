package org.wasl.security.keys;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import org.wasl.schemas.identifier.MemberId;

/** A checkpoint key from a PKCS#12 file, held in memory: Java's PKCS#11 provider knows no Ed25519. */
final class Pkcs12CheckpointKey implements CheckpointKey {

    private static final String ALGORITHM = "Ed25519";

    private final HeldKey key;

    Pkcs12CheckpointKey(HeldKey key) throws GeneralSecurityException {
        if (!(key.certificate().getPublicKey() instanceof EdECPublicKey ed)
                || !ed.getParams().getName().equals(ALGORITHM)) {
            throw new GeneralSecurityException("a key for notes is an Ed25519 key");
        }
        this.key = key;
    }

    @Override
    public MemberId member() {
        return key.member();
    }

    @Override
    public PublicKey publicKey() {
        return key.certificate().getPublicKey();
    }

    @Override
    public byte[] sign(byte[] note) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key.entry().key());
            signature.update(note);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new KeyUnavailableException("the " + this + " cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return key.use() + " key of " + member();
    }
}
