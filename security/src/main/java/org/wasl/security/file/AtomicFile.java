package org.wasl.security.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Writes small files so that a reader, or a crash, sees the old content or the new, never a part of either. */
public final class AtomicFile {

    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private AtomicFile() {}

    /**
     * Writes the file through a temporary one beside it, synced before it takes the name. Its mode is right from the
     * first octet on: a key is never readable by others, not even for a moment.
     *
     * @param file where to; its directory exists
     * @param octets the whole content
     * @param readers who may read it
     * @throws IOException when it cannot be written; the old content then still stands
     */
    public static void write(Path file, byte[] octets, Readers readers) throws IOException {
        Path directory = directoryOf(file);
        Path temporary = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            writeNew(temporary, octets, readers);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(directory);
    }

    /** Makes the names in a directory outlast a crash, those of directories in it too. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory, READ)) {
            names.force(true);
        }
    }

    /**
     * Makes the directory and those above it that are missing; only the last one gets the mode.
     *
     * @return the directory
     */
    public static Path directory(Path directory, Readers readers) throws IOException {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Files.createDirectories(directory);
        if (isPosix(directory)) {
            Files.setPosixFilePermissions(directory, readers.directoryPermissions());
        }
        return directory;
    }

    /**
     * Reads a file of at most so many octets.
     *
     * @throws IOException when it cannot be read or is larger
     */
    public static byte[] read(Path file, int maxOctets) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(maxOctets + 1);
            if (octets.length > maxOctets) {
                throw new FileSystemException(file.toString(), null, "larger than " + maxOctets + " octets");
            }
            return octets;
        }
    }

    static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    private static void writeNew(Path file, byte[] octets, Readers readers) throws IOException {
        boolean posix = isPosix(directoryOf(file));
        // Narrow at creation, widened (or freed from the process's umask) before the file gets its name.
        FileAttribute<?>[] mode = posix ? new FileAttribute<?>[] {narrowest()} : NO_ATTRIBUTES;
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), mode)) {
            ByteBuffer rest = ByteBuffer.wrap(octets);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        if (posix) {
            Files.setPosixFilePermissions(file, readers.filePermissions());
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> narrowest() {
        return PosixFilePermissions.asFileAttribute(Readers.OWNER.filePermissions());
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a file is needed, not a file system's root");
        }
        return parent;
    }
}
