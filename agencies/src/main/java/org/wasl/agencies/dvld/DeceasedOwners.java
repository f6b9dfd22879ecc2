package org.wasl.agencies.dvld;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The owners of whom the traffic agency was told that they have died, in a file of its own. */
final class DeceasedOwners {

    private static final int NATIONAL_NUMBER_DIGITS = 10;

    private final @Nullable Path file;
    private final Map<String, LocalDate> since = new ConcurrentHashMap<>();

    /**
     * @param file where they stand; null to remember them no longer than the process lives
     */
    DeceasedOwners(@Nullable Path file) throws IOException {
        this.file = file;
        if (file != null && Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (line.length() > NATIONAL_NUMBER_DIGITS) {
                    since.put(
                            line.substring(0, NATIONAL_NUMBER_DIGITS),
                            LocalDate.parse(line.substring(NATIONAL_NUMBER_DIGITS + 1)));
                }
            }
        }
    }

    synchronized void add(String nationalNumber, LocalDate day) throws IOException {
        if (since.containsKey(nationalNumber)) {
            return;
        }
        if (file != null) {
            Files.writeString(
                    file,
                    nationalNumber + " " + day + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        }
        since.put(nationalNumber, day);
    }

    /** Since when; null when the agency was not told so. */
    @Nullable
    LocalDate since(String nationalNumber) {
        return since.get(nationalNumber);
    }
}
