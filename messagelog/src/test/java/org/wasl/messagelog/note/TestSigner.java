package org.wasl.messagelog.note;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

/** A key made for one test. */
public final class TestSigner implements NoteSigner {

    private final KeyPair pair;
    private final VerifierKey key;

    private TestSigner(String name, SignatureType type) {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        key = new VerifierKey(name, type, pair.getPublic());
    }

    public static TestSigner log(String name) {
        return new TestSigner(name, SignatureType.ED25519);
    }

    public static TestSigner witness(String name) {
        return new TestSigner(name, SignatureType.COSIGNATURE_V1);
    }

    @Override
    public VerifierKey verifierKey() {
        return key;
    }

    @Override
    public byte[] sign(byte[] octets) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(octets);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
