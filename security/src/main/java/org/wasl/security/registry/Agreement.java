package org.wasl.security.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * Who may ask which service, why, and what comes back.
 *
 * @param id its identifier
 * @param consumer who may ask
 * @param service what may be asked
 * @param purposes each allowed purpose with the legal bases it may rest on
 * @param actors in which capacities it may be asked, about whom, with what proof; one that fits is enough
 * @param released the fields that come back: local names from the record's root, separated by {@code /}
 * @param quota how often it may be asked
 * @param hours when it may be asked; null when at any hour
 * @param confidential whether payloads are encrypted, even where the service does not ask for it
 * @param validFrom from when it is in force
 * @param validTo until when (exclusive) it is in force
 * @param withdrawn from when it holds no more, whatever {@code validTo} says; null when it was not withdrawn
 * @param embargo for how long, from when it was asked, the person it is about is not told; null when told at once
 */
public record Agreement(
        String id,
        SubsystemId consumer,
        ServiceId service,
        Map<String, Set<String>> purposes,
        List<ActorRule> actors,
        List<String> released,
        Quota quota,
        @Nullable OpeningHours hours,
        boolean confidential,
        Instant validFrom,
        Instant validTo,
        @Nullable Instant withdrawn,
        @Nullable Duration embargo) {

    public Agreement {
        purposes = Map.copyOf(purposes);
        actors = List.copyOf(actors);
        released = List.copyOf(released);
    }
}
