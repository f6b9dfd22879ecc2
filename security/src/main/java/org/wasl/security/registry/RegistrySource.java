package org.wasl.security.registry;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the registry is, and how often to look.
 *
 * @param published the directory with {@code registry.xml}, {@code registry.xml.p7s} and {@code crl/*.crl}, written by
 *     whoever brings a new version
 * @param accepted the directory in which the node keeps the last version that it accepted; nobody else writes there
 * @param interval how often to look for a new version, from 100 ms to one hour; a new version takes effect at
 *     the first look that finds it, a new revocation list at the second
 */
public record RegistrySource(Path published, Path accepted, Duration interval) {

    /** The registry's file name. */
    public static final String REGISTRY = "registry.xml";

    /** Its signature's file name. */
    public static final String SIGNATURE = "registry.xml.p7s";

    /** The directory of the revocation lists. */
    public static final String REVOCATION_LISTS = "crl";

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    public RegistrySource {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the registry is looked at every 100 ms to every hour");
        }
    }

    /** The directory in which the node keeps every version that it accepted, for {@link RegistryArchive}. */
    public Path versions() {
        return accepted.resolveSibling("versions");
    }
}
