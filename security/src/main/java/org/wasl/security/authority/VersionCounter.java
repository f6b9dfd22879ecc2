package org.wasl.security.authority;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * The last version that an authority gave to a registry. It is counted apart from what is published, and before that
 * is: no version is ever given twice.
 *
 * @param file where it is written down
 */
record VersionCounter(Path file) {

    private static final int MAX_OCTETS = 40;
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,17}");

    /** The last version; 0 when none was given yet. */
    long last() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = new String(AtomicFile.read(file, MAX_OCTETS), StandardCharsets.US_ASCII).strip();
        if (!FORM.matcher(text).matches()) {
            throw new FileSystemException(file.toString(), null, "is not a version number");
        }
        return Long.parseLong(text);
    }

    /** Writes down that this version is given. */
    void give(long version) throws IOException {
        AtomicFile.write(file, (version + "\n").getBytes(StandardCharsets.US_ASCII), Readers.OWNER);
    }
}
