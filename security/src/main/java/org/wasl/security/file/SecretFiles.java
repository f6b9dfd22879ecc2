package org.wasl.security.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Passwords that nobody chose: each is 256 random bits, made at first need and kept in a file of its own, mode 600. */
public final class SecretFiles {

    /** How many characters a secret has that was made here: 256 bits in URL-safe base64 without padding. */
    public static final int LENGTH = 43;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?");
    private static final int SECRET_OCTETS = 32;
    private static final int MAX_FILE_OCTETS = 4096;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    /** @param directory where the secrets are; made when missing */
    public SecretFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * The secret of this name, made now when there is none.
     *
     * @param name letters, digits, dots, hyphens and underscores
     * @throws IOException when it cannot be read or written, or when others may read it
     */
    public synchronized String obtain(String name) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            AtomicFile.directory(directory, Readers.OWNER);
            byte[] secret = new byte[SECRET_OCTETS];
            random.nextBytes(secret);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            AtomicFile.write(file, text.getBytes(StandardCharsets.US_ASCII), Readers.OWNER);
        }
        return read(name);
    }

    /**
     * The secret of this name.
     *
     * @throws NoSuchFileException when there is none
     * @throws IOException when it cannot be read, or when others may read it
     */
    public String read(String name) throws IOException {
        Path file = file(name);
        byte[] octets = AtomicFile.read(file, MAX_FILE_OCTETS);
        if (AtomicFile.isPosix(file)
                && !Readers.OWNER.filePermissions().containsAll(Files.getPosixFilePermissions(file))) {
            throw new FileSystemException(file.toString(), null, "others than its owner may read or write this secret");
        }
        return new String(octets, StandardCharsets.UTF_8).strip();
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a secret's name is made of letters, digits, dots, hyphens and underscores");
        }
        return directory.resolve(name);
    }
}
