package org.wasl.messagelog.compact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What containers have in common. Once a container was stored with it, it is needed to read that container, so it is never
 * changed: a better one gets an id of its own.
 *
 * @param id its number in one log, from 1
 * @param octets a dictionary as zstd trains it; Deflate takes its end
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record Dictionary(long id, byte[] octets) {

    /** What a log begins with. */
    public static final long FIRST_ID = 1;

    private static final String SEED = "seed.dictionary";

    /** The dictionary that is shipped, for a log that has seen no containers yet. */
    public static Dictionary seed() {
        try (InputStream in = Dictionary.class.getResourceAsStream(SEED)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its " + SEED);
            }
            return new Dictionary(FIRST_ID, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
