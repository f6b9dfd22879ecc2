package org.wasl.security.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.ActorKind;

/**
 * Who may ask which service, why, and what comes back.
 *
 * @param id its identifier
 * @param consumer who may ask
 * @param service what may be asked
 * @param purposes each allowed purpose with the legal bases it may rest on
 * @param actors in which capacities it may be asked
 * @param released the fields that come back: local names from the record's root, separated by {@code /}
 * @param perMinute how often a minute it may be asked; empty when unlimited
 * @param validFrom from when it is in force
 * @param validTo until when (exclusive) it is in force
 */
public record Agreement(
        String id,
        SubsystemId consumer,
        ServiceId service,
        Map<String, Set<String>> purposes,
        Set<ActorKind> actors,
        List<String> released,
        OptionalInt perMinute,
        Instant validFrom,
        Instant validTo) {

    public Agreement {
        purposes = Map.copyOf(purposes);
        actors = Set.copyOf(actors);
        released = List.copyOf(released);
    }
}
