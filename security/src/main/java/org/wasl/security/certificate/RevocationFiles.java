package org.wasl.security.certificate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.file.AtomicFile;

/**
 * Revocation lists from a directory's {@code *.crl} files, DER or PEM: for whoever brings them by other means than a
 * network. Names do not matter: a list counts for the authority whose key signed it.
 */
public final class RevocationFiles implements RevocationLists {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationFiles.class);

    private static final int MAX_FILES = 64;
    private static final int MAX_OCTETS = 16 * 1024 * 1024;

    private final Path directory;
    private volatile List<X509CRL> lists = List.of();

    /** @param directory where the lists are; nothing is read before {@link #reload()} */
    public RevocationFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads all lists anew. A file that cannot be read is left aside: its authority then has no list, and certificates
     * of an authority that declares one are refused.
     */
    public void reload() {
        List<X509CRL> read = new ArrayList<>();
        for (Path file : files()) {
            if (read.size() == MAX_FILES) {
                LOG.warn("more than {} revocation lists in {}: the rest are left aside", MAX_FILES, directory);
                break;
            }
            read(file).ifPresent(read::add);
        }
        // The same object while nothing changed: what was computed from it stays good.
        if (!read.equals(lists)) {
            lists = List.copyOf(read);
        }
    }

    @Override
    public List<X509CRL> lists() {
        return lists;
    }

    private List<Path> files() {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.crl")) {
                files.forEach(found::add);
            } catch (IOException e) {
                LOG.error("the revocation lists in {} cannot be read", directory, e);
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private static Optional<X509CRL> read(Path file) {
        try {
            byte[] octets = AtomicFile.read(file, MAX_OCTETS);
            X509CRL list = PathFinder.readList(octets);
            // The engine's reader answers null to what does not even begin like one.
            return Optional.ofNullable(list);
        } catch (IOException | CRLException e) {
            LOG.warn("the revocation list {} cannot be read", file, e);
            return Optional.empty();
        }
    }
}
