package org.wasl.node.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.wasl.security.crypto.CryptoProvider;

/** The files of one bundle in their order, bounded, and written as a zip that is the same whenever the files are. */
final class BundleFiles {

    /** The most octets that a bundle's files may have together. */
    static final int MAX_OCTETS = 256 * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");
    /** Zip knows no zone: a fixed time, since when a bundle was made is no evidence of anything. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private long octets;

    /** The bundle would be larger than what is handed out. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("the bundle would have more than " + MAX_OCTETS + " octets");
        }
    }

    /**
     * Adds a file; the same one again is left out.
     *
     * @throws TooLargeException when the bundle has no room for it
     */
    void add(String name, byte[] content) throws TooLargeException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a file of a bundle cannot be called " + name);
        }
        byte[] before = files.putIfAbsent(name, content);
        if (before != null && !Arrays.equals(before, content)) {
            throw new IllegalArgumentException("there are two files called " + name);
        }
        octets += before == null ? content.length : 0;
        if (octets > MAX_OCTETS) {
            throw new TooLargeException();
        }
    }

    void add(String name, String content) throws TooLargeException {
        add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** The names, in order. */
    Iterable<String> names() {
        return files.keySet();
    }

    /** The digests of all files, as {@code sha256sum -c} reads them. */
    String sums() {
        CryptoProvider crypto = CryptoProvider.chosen();
        StringBuilder sums = new StringBuilder();
        files.forEach((name, content) ->
                sums.append(crypto.sha256Hex(content)).append("  ").append(name).append('\n'));
        return sums.toString();
    }

    /** Writes the zip; containers are compressed no further, they are archives themselves. */
    void write(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
    }

    byte[] octets() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out);
        return out.toByteArray();
    }
}
