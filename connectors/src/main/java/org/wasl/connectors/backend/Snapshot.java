package org.wasl.connectors.backend;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.schemas.fault.FaultCode;

/**
 * One delivered snapshot.
 *
 * @param folder its folder's name
 * @param about what its manifest says of it, for example when it was generated
 * @param digests the files' SHA-256 in hexadecimal, by name
 * @param readAt when the manifest was read
 */
record Snapshot(String folder, Map<String, String> about, Map<String, String> digests, Instant readAt) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,126}");
    private static final Pattern NOTE = Pattern.compile("# ([a-z]{1,32}) (\\S{1,64})");
    private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{64}) [ *]([A-Za-z0-9][A-Za-z0-9._-]{0,126})");
    private static final String GENERATED = "generated";
    private static final String COMPLETE = "COMPLETE";

    Snapshot {
        about = Map.copyOf(about);
        digests = Map.copyOf(digests);
    }

    /** The name in the pointer file: one plain name, or nothing at all is read. */
    static String folderIn(String pointer) {
        String name = pointer.strip();
        if (!NAME.matcher(name).matches()) {
            throw malformed("the pointer to the current snapshot is not one plain name");
        }
        return name;
    }

    static Snapshot parse(String folder, String manifest, Instant readAt) {
        Map<String, String> about = new LinkedHashMap<>();
        Map<String, String> digests = new HashMap<>();
        int number = 0;
        for (String line : manifest.split("\n", -1)) {
            number++;
            Matcher note = NOTE.matcher(line);
            Matcher digest = DIGEST.matcher(line);
            if (note.matches()) {
                about.put(note.group(1), note.group(2));
            } else if (digest.matches()) {
                digests.put(digest.group(2), digest.group(1));
            } else if (!line.isBlank()) {
                throw malformed("the manifest's line " + number + " is neither a note nor a digest");
            }
        }
        if (!about.containsKey(GENERATED)) {
            throw malformed("the manifest does not say when it was generated");
        }
        Snapshot snapshot = new Snapshot(folder, about, digests, readAt);
        snapshot.generated();
        return snapshot;
    }

    /** When the snapshot was made: the age of everything in it. */
    Instant generated() {
        try {
            return Instant.parse(about.getOrDefault(GENERATED, ""));
        } catch (DateTimeException e) {
            throw malformed("the manifest's time is not one");
        }
    }

    /** Whether it vouches for what it does not list; a delivery that is known to be partial says {@code coverage PARTIAL}. */
    boolean complete() {
        return COMPLETE.equals(about.getOrDefault("coverage", COMPLETE));
    }

    private static BackEndFailure malformed(String detail) {
        return new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, detail);
    }
}
