package org.wasl.messagelog.leaf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The secret under which one log hashes the subjects of requests, so that its index names no citizen: a national number
 * has too few possible values for a plain hash. Whoever loses it can no longer search by subject; proofs do not need it.
 */
public final class IndexKey {

    private static final int LENGTH_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final byte[] key;

    private IndexKey(byte[] key) {
        this.key = key;
    }

    /**
     * The key of these octets.
     *
     * @throws IllegalArgumentException unless there are exactly 32
     */
    public static IndexKey of(byte[] octets) {
        if (octets.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("the log's index key must have " + LENGTH_BYTES + " octets");
        }
        return new IndexKey(octets.clone());
    }

    /**
     * Reads the key, 64 hexadecimal digits, from a file; when there is none, makes one that only its owner may read.
     *
     * @throws IOException when the file cannot be read or written, is no key, or others may read it
     */
    public static IndexKey loadOrCreate(Path file) throws IOException {
        try {
            return create(file);
        } catch (FileAlreadyExistsException e) {
            return load(file);
        }
    }

    /**
     * Reads the key from a file.
     *
     * @throws IOException when the file cannot be read, is no key, or others may read it
     */
    public static IndexKey load(Path file) throws IOException {
        if (posix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others than its owner: set its mode to 600");
        }
        try {
            return of(HexFormat.of()
                    .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not hold an index key of 64 hexadecimal digits", e);
        }
    }

    private static IndexKey create(Path file) throws IOException {
        byte[] octets = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(octets);
        FileAttribute<?>[] attributes = posix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, attributes)) {
            ByteBuffer text = StandardCharsets.US_ASCII.encode(HexFormat.of().formatHex(octets) + "\n");
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        return new IndexKey(octets);
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The keyed hash of a subject parameter's value, 32 octets. */
    public byte[] subjectHash(String subject) {
        return HmacSha256.of(key, subject.getBytes(StandardCharsets.UTF_8));
    }
}
