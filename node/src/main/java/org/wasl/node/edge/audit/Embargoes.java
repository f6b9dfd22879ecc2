package org.wasl.node.edge.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Registry;

/**
 * Until when a person is not told of a request about them: for as long as an agreement says that fitted the request when
 * it was made. Where several fitted, the longest embargo counts: to tell too late can be mended, to tell too early cannot.
 */
public final class Embargoes {

    private final RegistryVersions versions;

    public Embargoes(RegistryVersions versions) {
        this.versions = versions;
    }

    /** Until when (exclusive) the person is not told of this request; empty when they are told at once. */
    public Optional<Instant> until(Leaf request) {
        if (request.consumer() == null || request.service() == null || request.purpose() == null) {
            return Optional.empty();
        }
        return until(
                SubsystemId.parse(request.consumer()),
                ServiceId.parse(request.service()),
                request.purpose(),
                Instant.ofEpochMilli(request.atMillis()));
    }

    private Optional<Instant> until(SubsystemId consumer, ServiceId service, String purpose, Instant asked) {
        return versions.inForce(asked).stream()
                .flatMap(registry -> fitting(registry, consumer, service, purpose, asked))
                .map(Agreement::embargo)
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .map(asked::plus);
    }

    /** The agreements that fitted such a request then. */
    static Stream<Agreement> fitting(
            Registry registry, SubsystemId consumer, ServiceId service, String purpose, Instant then) {
        return registry.agreements(consumer, service).stream()
                .filter(agreement -> agreement.purposes().containsKey(purpose))
                .filter(agreement -> !then.isBefore(agreement.validFrom())
                        && then.isBefore(agreement.validTo())
                        && !ended(agreement.withdrawn(), then));
    }

    private static boolean ended(@Nullable Instant withdrawn, Instant then) {
        return withdrawn != null && !then.isBefore(withdrawn);
    }
}
