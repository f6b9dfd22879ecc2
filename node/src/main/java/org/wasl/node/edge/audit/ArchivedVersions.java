package org.wasl.node.edge.audit;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryArchive;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryRefusedException;

/** The versions that the node ever took. What cannot be read refuses: an embargo that is not seen would be broken. */
public final class ArchivedVersions implements RegistryVersions {

    /** How long after its issue a version may not have come into force yet. */
    private static final Duration CHANGE = Duration.ofMinutes(1);

    private final RegistryArchive archive;
    private final CurrentRegistry current;
    private final NavigableSet<Issue> issues =
            new TreeSet<>(Comparator.comparing(Issue::at).thenComparing(Issue::version));
    private long listed;

    /** @param current tells when there are newer versions to look for */
    public ArchivedVersions(RegistryArchive archive, CurrentRegistry current) {
        this.archive = archive;
        this.current = current;
    }

    /** When a version was issued. */
    private record Issue(Instant at, long version) {}

    @Override
    public List<Registry> inForce(Instant then) {
        List<Registry> versions = new ArrayList<>();
        for (long version : around(then)) {
            versions.add(read(version));
        }
        return versions.isEmpty() ? List.of(current.get()) : versions;
    }

    private synchronized List<Long> around(Instant then) {
        list();
        Issue last = new Issue(then, Long.MAX_VALUE);
        Issue first = issues.floor(new Issue(then.minus(CHANGE), Long.MAX_VALUE));
        if (first != null) {
            return versions(issues.subSet(first, true, last, true));
        }
        // Before the first that is kept nothing can be told but by that one.
        NavigableSet<Issue> early = issues.headSet(last, true);
        return versions(early.isEmpty() && !issues.isEmpty() ? issues.headSet(issues.first(), true) : early);
    }

    private static List<Long> versions(NavigableSet<Issue> issues) {
        return issues.stream().map(Issue::version).toList();
    }

    private void list() {
        long newest = current.get().version();
        if (newest == listed) {
            return;
        }
        var known = issues.stream().map(Issue::version).collect(Collectors.toSet());
        try {
            for (long version : archive.versions()) {
                if (!known.contains(version)) {
                    issues.add(new Issue(read(version).issued(), version));
                }
            }
        } catch (IOException unreadable) {
            throw refused(unreadable);
        }
        listed = newest;
    }

    private Registry read(long version) {
        try {
            RegistryReading reading = archive.read(version);
            if (reading instanceof RegistryReading.Readable readable) {
                return readable.registry();
            }
            throw refused(new RegistryRefusedException(((RegistryReading.Refused) reading).fault()));
        } catch (IOException unreadable) {
            throw refused(unreadable);
        }
    }

    private static RefusedException refused(Exception cause) {
        return new RefusedException(
                FaultCode.REGISTRY_INVALID, "A kept version of the registry cannot be read, or was altered.", cause);
    }
}
