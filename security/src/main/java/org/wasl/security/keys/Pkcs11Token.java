package org.wasl.security.keys;

import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.registry.CertificateUse;

/**
 * A PKCS#11 token through the JDK's provider. Keys are made in it, sensitive and never extractable, and never leave. A
 * lost login is taken up again, once for all who meet it; a refused PIN is never tried again, for tokens lock themselves.
 * Safe for many threads.
 */
public final class Pkcs11Token implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pkcs11Token.class);
    private static final int MAX_CAUSES = 20;

    /** An agreed secret is no key of the token's: it leaves, and wraps the content key of one message. */
    private static final String AGREED =
            "attributes(*,CKO_SECRET_KEY,CKK_GENERIC_SECRET)={\nCKA_SENSITIVE=false\nCKA_EXTRACTABLE=true\n}\n";

    private final TokenDeclaration declaration;
    private final Pin pin;
    private final long slot;
    private final AuthProvider provider;
    private final Semaphore sessions;

    private volatile @Nullable Login login;
    private long failedAt;
    private @Nullable String failure;
    private boolean pinRefused;

    /** Where the PIN is; read at each login, and not kept. */
    @FunctionalInterface
    public interface Pin {
        /** The PIN now. */
        char[] read() throws IOException;
    }

    /** What is computed with a key of the token. */
    @FunctionalInterface
    interface Computation<T> {
        T with(PrivateKey key, Provider provider) throws GeneralSecurityException;
    }

    /** One stay in the token; the handles of keys die with it. */
    private record Login(Map<String, PrivateKey> keys) {

        PrivateKey key(String label, Provider provider) throws IOException, GeneralSecurityException {
            PrivateKey known = keys.get(label);
            if (known != null) {
                return known;
            }
            KeyEntry found = list(provider).get(label);
            if (found == null) {
                throw new GeneralSecurityException("the token has no key " + label);
            }
            keys.put(label, found.key());
            return found.key();
        }
    }

    private Pkcs11Token(TokenDeclaration declaration, Pin pin, long slot, AuthProvider provider) {
        this.declaration = declaration;
        this.pin = pin;
        this.slot = slot;
        this.provider = provider;
        this.sessions = new Semaphore(declaration.sessions(), true);
    }

    /**
     * Opens the token and logs in.
     *
     * @throws IOException when the library or token is not there, or the PIN cannot be read or is refused
     * @throws GeneralSecurityException when the token cannot be used
     */
    public static Pkcs11Token open(TokenDeclaration declaration, Pin pin) throws IOException, GeneralSecurityException {
        long slot = declaration.slot() == null
                ? TokenSlots.slot(declaration.library(), String.valueOf(declaration.label()))
                : declaration.slot();
        Pkcs11Token token = new Pkcs11Token(declaration, pin, slot, provider(declaration, slot, ""));
        token.enter();
        return token;
    }

    /** Computes with keys of this token, while it is open. */
    Provider provider() {
        return provider;
    }

    /** The keys of the token that have a certificate, by label; read anew, as other processes may have changed them. */
    Map<String, KeyEntry> keys() throws IOException, GeneralSecurityException {
        Login current = enter();
        try {
            return list(provider);
        } catch (IOException | GeneralSecurityException | ProviderException lost) {
            enterAgain(current, lost);
            return list(provider);
        }
    }

    private static Map<String, KeyEntry> list(Provider provider) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, null);
        Map<String, KeyEntry> keys = new TreeMap<>();
        for (String label : Collections.list(store.aliases())) {
            if (store.isKeyEntry(label) && store.getKey(label, null) instanceof PrivateKey key) {
                keys.put(label, new KeyEntry(key, Pkcs12File.chain(store, label)));
            }
        }
        return keys;
    }

    /** Makes a P-256 key in the token, under a label that is free, with the certificate that it makes for itself. */
    KeyEntry generate(String label, CertificateUse use, Certifier certifier)
            throws IOException, GeneralSecurityException {
        enter();
        // A provider of its own says what the new key may do; the login is the application's, and so shared.
        AuthProvider maker = provider(declaration, slot, attributes(use));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", maker);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = certifier.certify(pair, maker);
        store(maker, label, new KeyEntry(pair.getPrivate(), List.of(certificate)));
        return Objects.requireNonNull(keys().get(label), label);
    }

    /** Makes a new key's first certificate. */
    @FunctionalInterface
    interface Certifier {
        X509Certificate certify(KeyPair pair, Provider provider) throws GeneralSecurityException;
    }

    /** Gives the key of that label another certificate. */
    KeyEntry certify(String label, X509Certificate certificate) throws IOException, GeneralSecurityException {
        KeyEntry old = keys().get(label);
        if (old == null) {
            throw new GeneralSecurityException("the token has no key " + label);
        }
        store(provider, label, new KeyEntry(old.key(), List.of(certificate)));
        return Objects.requireNonNull(keys().get(label), label);
    }

    private static void store(Provider provider, String label, KeyEntry entry)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, null);
        store.setKeyEntry(label, entry.key(), null, new X509Certificate[] {entry.certificate()});
    }

    /**
     * Computes with a key of the token, in one of its sessions; taken up again once when the login was lost.
     *
     * @throws KeyUnavailableException when there is no turn in time, or the token does not compute
     */
    <T> T compute(String label, Computation<T> computation) {
        boolean turn = false;
        try {
            turn = sessions.tryAcquire(declaration.patience().toMillis(), TimeUnit.MILLISECONDS);
            if (!turn) {
                throw new KeyUnavailableException("all sessions of the " + declaration + " are taken");
            }
            Login current = enter();
            try {
                return computation.with(current.key(label, provider), provider);
            } catch (IOException | GeneralSecurityException | ProviderException lost) {
                return computation.with(enterAgain(current, lost).key(label, provider), provider);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyUnavailableException("interrupted while waiting for the " + declaration, e);
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            throw new KeyUnavailableException("the " + declaration + " does not compute with the key " + label, e);
        } finally {
            if (turn) {
                sessions.release();
            }
        }
    }

    private Login enter() throws GeneralSecurityException {
        Login current = login;
        return current == null ? enterAgain(null, null) : current;
    }

    /**
     * Logs in anew, unless somebody else has since.
     *
     * @param lost the login that no longer works; null to log in if nobody is
     * @param why how that showed
     */
    private synchronized Login enterAgain(@Nullable Login lost, @Nullable Exception why)
            throws GeneralSecurityException {
        Login current = login;
        if (current != null && current != lost) {
            return current;
        }
        if (pinRefused) {
            throw new GeneralSecurityException("the token refused the PIN; it is not tried again until a restart");
        }
        if (failure != null
                && System.nanoTime() - failedAt < declaration.retry().toNanos()) {
            throw new GeneralSecurityException("the last login failed just now: " + failure);
        }
        login = null;
        if (why != null) {
            LOG.warn("the {} failed ({}); logging in anew", declaration, why.toString());
            leave();
        }
        try {
            KeyStore.getInstance("PKCS11", provider).load(null, pin.read());
            Login next = new Login(new ConcurrentHashMap<>());
            login = next;
            failure = null;
            return next;
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            pinRefused = isPinRefusal(e);
            failure = e.toString();
            failedAt = System.nanoTime();
            throw new GeneralSecurityException("the " + declaration + " does not let this node in", e);
        }
    }

    private void leave() {
        try {
            provider.logout();
        } catch (LoginException | ProviderException e) {
            // It may be gone, or have forgotten the login itself: logging in anew decides.
            LOG.debug("logging out of the {} failed", declaration, e);
        }
    }

    private static boolean isPinRefusal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof FailedLoginException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static AuthProvider provider(TokenDeclaration declaration, long slot, String attributes)
            throws GeneralSecurityException {
        Provider unconfigured = Security.getProvider("SunPKCS11");
        if (unconfigured == null) {
            throw new GeneralSecurityException("this Java has no PKCS#11 provider (module jdk.crypto.cryptoki)");
        }
        try {
            return (AuthProvider) unconfigured.configure(
                    "--name=wasl\nlibrary=" + declaration.library() + "\nslot=" + slot + "\n" + AGREED + attributes);
        } catch (ProviderException | InvalidParameterException e) {
            throw new GeneralSecurityException("the " + declaration + " cannot be opened", e);
        }
    }

    /** What a new key may do: one thing. Keys to decrypt sign too, but only their own certification request. */
    private static String attributes(CertificateUse use) {
        Map<String, Boolean> rights = new TreeMap<>(Map.of(
                "CKA_TOKEN", true,
                "CKA_PRIVATE", true,
                "CKA_SENSITIVE", true,
                "CKA_EXTRACTABLE", false,
                "CKA_SIGN", true,
                "CKA_DECRYPT", false,
                "CKA_UNWRAP", false));
        rights.put("CKA_DERIVE", use == CertificateUse.ENCRYPTION);
        StringBuilder text = new StringBuilder("attributes(generate,CKO_PRIVATE_KEY,CKK_EC)={\n");
        for (Entry<String, Boolean> right : rights.entrySet()) {
            text.append(right.getKey()).append('=').append(right.getValue()).append('\n');
        }
        return text.append("}\n").toString();
    }

    @Override
    public void close() {
        login = null;
        leave();
    }

    @Override
    public String toString() {
        return declaration.toString();
    }
}
