package org.wasl.security.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.Pkcs12File;

/** Keys in PKCS#12 files, made when they are missing, and made anew before their certificates end. */
final class StoredKeys {

    static final Duration RENEW_BEFORE_END = Duration.ofDays(60);
    private static final String ALIAS = "wasl";

    private final SecretFiles secrets;
    private final Clock clock;

    /** Makes a key with its certificate. */
    @FunctionalInterface
    interface Maker {
        KeyEntry make() throws GeneralSecurityException;
    }

    StoredKeys(SecretFiles secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The key of this file; it is never replaced, for others have pinned it. */
    KeyEntry keep(Path file, String secretName, Maker maker) throws IOException, GeneralSecurityException {
        return Files.exists(file) ? Pkcs12File.readKey(file, secrets.read(secretName)) : make(file, secretName, maker);
    }

    /** The key of this file, made anew when its certificate is about to end or another authority issued it. */
    KeyEntry renew(Path file, String secretName, CertificateAuthority authority, CertificateOrder.Terms terms)
            throws IOException, GeneralSecurityException {
        Maker maker = () -> issue(authority, terms);
        KeyEntry entry = keep(file, secretName, maker);
        boolean ending = entry.certificate()
                .getNotAfter()
                .toInstant()
                .isBefore(clock.instant().plus(RENEW_BEFORE_END));
        boolean foreign = !entry.chain().contains(authority.certificate());
        return ending || foreign ? make(file, secretName, maker) : entry;
    }

    private KeyEntry make(Path file, String secretName, Maker maker) throws IOException, GeneralSecurityException {
        KeyEntry entry = maker.make();
        AtomicFile.directory(directoryOf(file), Readers.OWNER);
        Pkcs12File.writeKey(file, ALIAS, entry, secrets.obtain(secretName));
        return entry;
    }

    private static KeyEntry issue(CertificateAuthority authority, CertificateOrder.Terms terms)
            throws GeneralSecurityException {
        KeyPair pair = EcKeys.generate();
        return new KeyEntry(
                pair.getPrivate(), List.of(authority.issue(terms.order(pair.getPublic())), authority.certificate()));
    }

    private static Path directoryOf(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("a key needs a directory: " + file);
        }
        return parent;
    }
}
