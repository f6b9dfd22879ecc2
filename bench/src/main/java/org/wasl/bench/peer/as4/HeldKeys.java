package org.wasl.bench.peer.as4;

import com.helger.phase4.crypto.ECryptoMode;
import com.helger.phase4.crypto.IAS4CryptoFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.apache.wss4j.common.crypto.Crypto;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.peer.message.Party;
import org.wasl.bench.peer.wss.HeldKeyCrypto;

/** One side's keys for phase4: one WSS4J crypto object and one key for all messages, nothing read again. */
final class HeldKeys implements IAS4CryptoFactory {

    private final Party own;
    private final KeyStore store;
    private final Crypto crypto;

    HeldKeys(Party own, Party partner) throws GeneralSecurityException, IOException {
        this.own = own;
        this.store = own.keyStore(partner);
        this.crypto = new HeldKeyCrypto(own, partner);
    }

    @Override
    public Crypto getCrypto(ECryptoMode mode) {
        return crypto;
    }

    @Override
    public KeyStore getKeyStore() {
        return store;
    }

    @Override
    public KeyStore.PrivateKeyEntry getPrivateKeyEntry() {
        return new KeyStore.PrivateKeyEntry(own.privateKey(), new X509Certificate[] {own.certificate()});
    }

    @Override
    public String getKeyAlias() {
        return own.name();
    }

    @Override
    public char @Nullable [] getKeyPasswordPerAliasCharArray(@Nullable String alias) {
        return own.name().equals(alias) ? Party.PASSWORD.toCharArray() : null;
    }

    @Override
    public @Nullable KeyStore getTrustStore() {
        return null;
    }
}
