package org.wasl.security.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * The book of what one authority issued and revoked: a text file, one certificate a line, so that a responder can tell
 * what is good from what nobody ever issued. Whoever changes it holds its lock; readers in other processes see the change
 * at their next look.
 */
public final class IssuedCertificates {

    private static final int MAX_OCTETS = 64 * 1024 * 1024;
    private static final int COLUMNS = 6;
    private static final String NONE = "-";

    private final Path file;
    private volatile Read read = new Read(null, -1, Map.of());

    private record Read(@Nullable FileTime changed, long size, Map<BigInteger, IssuedCertificate> book) {}

    /** @param file where the book is; there need be none yet */
    public IssuedCertificates(Path file) {
        this.file = file;
    }

    /**
     * The certificate of this serial number; empty when this authority never issued one.
     *
     * @throws IOException when the book cannot be read
     */
    public Optional<IssuedCertificate> find(BigInteger serial) throws IOException {
        return Optional.ofNullable(book().get(serial));
    }

    /**
     * All of them, by serial number.
     *
     * @throws IOException when the book cannot be read
     */
    public Collection<IssuedCertificate> all() throws IOException {
        return List.copyOf(book().values());
    }

    /**
     * Enters certificates; those that stand there stay as they are.
     *
     * @throws IOException when the book cannot be read or written
     */
    public void enter(Collection<X509Certificate> certificates) throws IOException {
        change(book -> certificates.forEach(certificate -> book.putIfAbsent(
                certificate.getSerialNumber(),
                new IssuedCertificate(
                        certificate.getSerialNumber(),
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant(),
                        certificate.getSubjectX500Principal().getName(),
                        null))));
    }

    /**
     * Revokes a certificate. An earlier revocation stays: what was revoked once stays revoked since then.
     *
     * @return the certificate as it stands now; empty when this authority never issued it
     * @throws IOException when the book cannot be read or written
     */
    public Optional<IssuedCertificate> revoke(BigInteger serial, IssuedCertificate.Revocation revocation)
            throws IOException {
        change(book -> book.computeIfPresent(
                serial, (number, issued) -> issued.revoked() == null ? issued.revoked(revocation) : issued));
        return find(serial);
    }

    /** A change to the book. */
    @FunctionalInterface
    private interface Change {
        void apply(Map<BigInteger, IssuedCertificate> book);
    }

    private synchronized void change(Change change) throws IOException {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(lockFile, options, ownerOnly(lockFile));
                FileLock lock = channel.lock()) {
            Map<BigInteger, IssuedCertificate> before = book();
            Map<BigInteger, IssuedCertificate> after = new TreeMap<>(before);
            change.apply(after);
            if (lock.isValid() && !after.equals(before)) {
                StringBuilder text = new StringBuilder();
                after.values().forEach(issued -> text.append(line(issued)).append('\n'));
                AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8), Readers.OWNER);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private Map<BigInteger, IssuedCertificate> book() throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        FileTime changed = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        Read known = read;
        if (changed.equals(known.changed()) && size == known.size()) {
            return known.book();
        }
        Map<BigInteger, IssuedCertificate> book = new TreeMap<>();
        String text = new String(AtomicFile.read(file, MAX_OCTETS), StandardCharsets.UTF_8);
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty()) {
                IssuedCertificate issued = issued(line);
                book.put(issued.serial(), issued);
            }
        }
        read = new Read(changed, size, book);
        return book;
    }

    private static String line(IssuedCertificate issued) {
        IssuedCertificate.Revocation revoked = issued.revoked();
        return String.join(
                "\t",
                issued.serial().toString(16),
                issued.from().toString(),
                issued.to().toString(),
                revoked == null ? NONE : revoked.at().toString(),
                revoked == null ? NONE : revoked.reason().name(),
                issued.subject().replaceAll("[\\t\\n\\r]", " "));
    }

    private IssuedCertificate issued(String line) throws IOException {
        String[] cells = line.split("\t", -1);
        try {
            if (cells.length != COLUMNS) {
                throw new IllegalArgumentException("a line has " + COLUMNS + " columns");
            }
            IssuedCertificate.Revocation revoked = cells[3].equals(NONE)
                    ? null
                    : new IssuedCertificate.Revocation(Instant.parse(cells[3]), RevocationReason.valueOf(cells[4]));
            return new IssuedCertificate(
                    new BigInteger(cells[0], 16), Instant.parse(cells[1]), Instant.parse(cells[2]), cells[5], revoked);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            FileSystemException unreadable =
                    new FileSystemException(file.toString(), null, "is not a book of issued certificates");
            unreadable.initCause(e);
            throw unreadable;
        }
    }
}
