package org.wasl.security.container;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for containers that are being signed or verified, and too large to be in memory meanwhile. It never holds
 * more than its bound: each file reserves the most that it may become before it is made. What is in it is no evidence
 * and outlives no run: whatever is found at the start is deleted. Safe for many threads.
 */
public final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String PREFIX = "container-";
    private static final String SUFFIX = ".spool";

    private final Path directory;
    private final long maxBytes;
    private final AtomicLong reserved = new AtomicLong();

    private Spool(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /**
     * A spool in this directory, which it makes and empties of what an earlier run left.
     *
     * @param maxBytes the most octets that all its files may have together
     * @throws IOException when it cannot be made or emptied
     */
    public static Spool open(Path directory, long maxBytes) throws IOException {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("a spool's bound must be positive");
        }
        Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        return new Spool(directory, maxBytes);
    }

    /**
     * A new, empty file; empty when the spool is full.
     *
     * @param most the most octets that it may have
     * @throws IOException when it cannot be made
     */
    public Optional<SpoolFile> take(long most) throws IOException {
        if (reserved.addAndGet(most) > maxBytes) {
            reserved.addAndGet(-most);
            return Optional.empty();
        }
        boolean made = false;
        try {
            Path file = Files.createTempFile(directory, PREFIX, SUFFIX, ownerOnly(directory, "rw-------"));
            made = true;
            return Optional.of(new SpoolFile(this, file, most));
        } finally {
            if (!made) {
                reserved.addAndGet(-most);
            }
        }
    }

    /** How many octets are reserved now. */
    public long reservedBytes() {
        return reserved.get();
    }

    void giveBack(Path file, long most) {
        try {
            Files.deleteIfExists(file);
            reserved.addAndGet(-most);
        } catch (IOException e) {
            // It stays reserved, for it stays on the disk: the next start deletes it.
            LOG.warn("A spool file could not be deleted: {}", file, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
