package org.wasl.bench.peer.wss;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.crypto.Merlin;
import org.wasl.bench.peer.message.Party;

/**
 * WSS4J's key store, but with the private key at hand: its own asks the store for every signature, and a PKCS#12 store
 * derives its key from the password each time, which takes longer than all the rest.
 */
public final class HeldKeyCrypto extends Merlin {

    private final PrivateKey key;

    /**
     * @param own whose key signs
     * @param partner whose certificate is trusted
     */
    public HeldKeyCrypto(Party own, Party partner) throws GeneralSecurityException, IOException {
        this.key = own.privateKey();
        setKeyStore(own.keyStore(partner));
        setDefaultX509Identifier(own.name());
    }

    @Override
    public PrivateKey getPrivateKey(X509Certificate certificate, CallbackHandler passwords) {
        return key;
    }

    @Override
    public PrivateKey getPrivateKey(PublicKey publicKey, CallbackHandler passwords) {
        return key;
    }

    @Override
    public PrivateKey getPrivateKey(String alias, String password) {
        return key;
    }
}
