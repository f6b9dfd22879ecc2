package org.wasl.security.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.file.AtomicFile;

/**
 * Revocation lists from a directory's {@code *.crl} files, DER or PEM: whoever runs the node fetches them, nothing here
 * touches a network. Names do not matter: a list counts for the authority whose key signed it. Lists that cover only a
 * part (delta, indirect, or limited by an issuing distribution point) are left aside, because absence from them proves
 * nothing.
 */
public final class RevocationFiles implements RevocationLists {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationFiles.class);

    private static final int MAX_FILES = 64;
    private static final int MAX_OCTETS = 16 * 1024 * 1024;
    private static final String DELTA = "2.5.29.27";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

    private final Path directory;
    private volatile State state = new State(List.of());

    /** The lists of one reading, with what was already looked up among them. */
    private record State(List<X509CRL> lists, Map<X509Certificate, Optional<X509CRL>> byIssuer) {
        State(List<X509CRL> lists) {
            this(lists, new ConcurrentHashMap<>());
        }
    }

    /** @param directory where the lists are; nothing is read before {@link #reload()} */
    public RevocationFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads all lists anew. A file that cannot be read is left aside: its authority then has no list, and certificates
     * of an authority that declares one are refused.
     */
    public void reload() {
        List<X509CRL> lists = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.crl")) {
                for (Path file : files) {
                    if (lists.size() == MAX_FILES) {
                        LOG.warn("more than {} revocation lists in {}: the rest are left aside", MAX_FILES, directory);
                        break;
                    }
                    read(file).ifPresent(lists::add);
                }
            } catch (IOException e) {
                LOG.error("the revocation lists in {} cannot be read", directory, e);
            }
        }
        state = new State(List.copyOf(lists));
    }

    @Override
    public Optional<X509CRL> signedBy(X509Certificate issuer) {
        State now = state;
        return now.byIssuer.computeIfAbsent(issuer, i -> newest(now.lists, i));
    }

    private static Optional<X509CRL> newest(List<X509CRL> lists, X509Certificate issuer) {
        X509CRL newest = null;
        for (X509CRL list : lists) {
            boolean newer = newest == null || list.getThisUpdate().after(newest.getThisUpdate());
            if (newer
                    && list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    && signed(list, issuer)) {
                newest = list;
            }
        }
        return Optional.ofNullable(newest);
    }

    private static boolean signed(X509CRL list, X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        if (usage == null || !usage[CertificatePath.CRL_SIGN]) {
            return false;
        }
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            LOG.warn("a revocation list in the name of {} is not signed by it", issuer.getSubjectX500Principal());
            return false;
        }
    }

    private static Optional<X509CRL> read(Path file) {
        try {
            byte[] octets = AtomicFile.read(file, MAX_OCTETS);
            X509CRL list =
                    (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(octets));
            boolean partial = list.getExtensionValue(DELTA) != null
                    || list.getExtensionValue(ISSUING_DISTRIBUTION_POINT) != null
                    || list.hasUnsupportedCriticalExtension();
            if (partial) {
                LOG.warn("the revocation list {} covers only a part: it is left aside", file);
                return Optional.empty();
            }
            return Optional.of(list);
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("the revocation list {} cannot be read", file, e);
            return Optional.empty();
        }
    }
}
