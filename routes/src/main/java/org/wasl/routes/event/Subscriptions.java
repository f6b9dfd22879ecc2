package org.wasl.routes.event;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/** Who may hear of what: the registry's agreements on event types, indexed once for each of its versions. */
final class Subscriptions {

    private final CurrentRegistry current;
    private final AccessPolicy policy;
    private volatile @Nullable Index index;

    Subscriptions(CurrentRegistry current, AccessPolicy policy) {
        this.current = current;
        this.policy = policy;
    }

    private record Index(
            Registry registry,
            Map<ServiceId, Set<SubsystemId>> subscribers,
            Map<SubsystemId, Set<SubsystemId>> publishers) {}

    /**
     * What allows a subscriber to hear of an event.
     *
     * @param agreement the agreement
     * @param purpose for which purpose it hears of it
     * @param legalBasis on which legal basis
     */
    record Entitlement(Agreement agreement, String purpose, String legalBasis) {}

    /** Whoever has an agreement on this type of event, in force or not. */
    Set<SubsystemId> subscribers(ServiceId type) {
        return index().subscribers().getOrDefault(type, Set.of());
    }

    /** Whoever publishes what this subsystem has an agreement on, in force or not. */
    Set<SubsystemId> publishers(SubsystemId subscriber) {
        return index().publishers().getOrDefault(subscriber, Set.of());
    }

    /** All subscribers. */
    Set<SubsystemId> subscribers() {
        return index().publishers().keySet();
    }

    /** The types of this publisher on which this subscriber has an agreement, in force or not. */
    Set<ServiceId> types(Pair pair) {
        Set<ServiceId> types = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        index().subscribers().forEach((type, subscribers) -> {
            if (type.subsystem().equals(pair.publisher()) && subscribers.contains(pair.subscriber())) {
                types.add(type);
            }
        });
        return types;
    }

    private Index index() {
        Registry registry = current.get();
        Index known = index;
        if (known != null && known.registry() == registry) {
            return known;
        }
        Map<ServiceId, Set<SubsystemId>> subscribers = new HashMap<>();
        Map<SubsystemId, Set<SubsystemId>> publishers = new TreeMap<>();
        for (Agreement agreement : registry.agreements()) {
            ServiceId type = agreement.service();
            SubsystemId subscriber = agreement.consumer();
            if (registry.service(type).filter(Service::isEvent).isPresent() && !subscriber.equals(type.subsystem())) {
                subscribers.computeIfAbsent(type, t -> new TreeSet<>()).add(subscriber);
                publishers.computeIfAbsent(subscriber, s -> new TreeSet<>()).add(type.subsystem());
            }
        }
        Index made = new Index(registry, subscribers, publishers);
        index = made;
        return made;
    }

    /**
     * What allows this subscriber to hear of this, at each of these instants; empty when nothing does.
     *
     * @param actor who told it
     * @param registry by which it is decided
     */
    Optional<Entitlement> entitled(
            SubsystemId subscriber, ServiceId type, Actor actor, Registry registry, Instant... instants) {
        for (Agreement agreement : registry.agreements(subscriber, type)) {
            for (Map.Entry<String, Set<String>> purpose : new TreeMap<>(agreement.purposes()).entrySet()) {
                for (String basis : new TreeSet<>(purpose.getValue())) {
                    Optional<Agreement> allowing =
                            allowing(subscriber, type, purpose.getKey(), basis, actor, registry, instants);
                    if (allowing.isPresent()) {
                        return Optional.of(new Entitlement(allowing.get(), purpose.getKey(), basis));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The agreement that allows this subscriber to hear of this for this purpose, at each of these instants. */
    Optional<Agreement> allowing(
            SubsystemId subscriber,
            ServiceId type,
            String purpose,
            String basis,
            Actor actor,
            Registry registry,
            Instant... instants) {
        Agreement allowing = null;
        for (Instant at : instants) {
            AccessRequest question =
                    new AccessRequest(subscriber, type, purpose, basis, actor, null, null, Map.of(), null, at);
            if (!(policy.decide(question, registry, false) instanceof AccessDecision.Allowed allowed)) {
                return Optional.empty();
            }
            allowing = allowed.agreement();
        }
        return Optional.ofNullable(allowing);
    }
}
