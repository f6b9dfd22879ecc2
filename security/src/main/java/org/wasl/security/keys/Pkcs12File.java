package org.wasl.security.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.file.SecretFiles;

/** One key, or a set of trusted certificates, in a PKCS#12 file that only its owner may read. */
public final class Pkcs12File {

    private static final String TYPE = "PKCS12";
    private static final int MAX_OCTETS = 1024 * 1024;

    private Pkcs12File() {}

    /**
     * Reads the one key of the file.
     *
     * @throws IOException when the file cannot be read, or the password is wrong
     * @throws GeneralSecurityException when it does not hold exactly one key with its certificates
     */
    public static KeyEntry readKey(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(TYPE);
        store.load(new ByteArrayInputStream(AtomicFile.read(file, MAX_OCTETS)), password.toCharArray());
        List<KeyEntry> entries = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Key key = store.getKey(alias, password.toCharArray());
            if (key instanceof PrivateKey privateKey) {
                entries.add(new KeyEntry(privateKey, chain(store, alias)));
            }
        }
        if (entries.size() != 1) {
            throw new GeneralSecurityException(file + " holds " + entries.size() + " keys, one is expected");
        }
        return entries.get(0);
    }

    /** Writes one key with its certificates, under an alias that JSSE and brokers find without being told. */
    public static void writeKey(Path file, String alias, KeyEntry entry, String password)
            throws IOException, GeneralSecurityException {
        if (isRandom(password)) {
            write(file, new Pkcs12Builder(password).key(alias, entry).build());
            return;
        }
        KeyStore store = empty();
        store.setKeyEntry(
                alias, entry.key(), password.toCharArray(), entry.chain().toArray(new Certificate[0]));
        write(file, store, password);
    }

    /** Writes trusted certificates, as a trust store for TLS. */
    public static void writeTrust(Path file, List<X509Certificate> trusted, String password)
            throws IOException, GeneralSecurityException {
        if (isRandom(password)) {
            write(file, new Pkcs12Builder(password).trusted(trusted).build());
            return;
        }
        KeyStore store = empty();
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("trusted-" + i, trusted.get(i));
        }
        write(file, store, password);
    }

    /** Whether it is long enough for 256 random bits, as those are that {@link SecretFiles} makes; a person's gets more rounds. */
    private static boolean isRandom(String password) {
        return password.length() >= SecretFiles.LENGTH;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(TYPE);
        store.load(null, null);
        return store;
    }

    private static void write(Path file, KeyStore store, String password) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        store.store(octets, password.toCharArray());
        write(file, octets.toByteArray());
    }

    private static void write(Path file, byte[] octets) throws IOException {
        AtomicFile.write(file, octets, Readers.OWNER);
    }

    static List<X509Certificate> chain(KeyStore store, String alias) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        Certificate[] certificates = store.getCertificateChain(alias);
        if (certificates != null) {
            for (Certificate certificate : certificates) {
                chain.add((X509Certificate) certificate);
            }
        }
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("the key " + alias + " has no certificate");
        }
        return chain;
    }
}
