package org.wasl.routes.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/** The names of the queues, computed from the registry's identifiers and from nothing else. */
public final class Queues {

    /** Messages that nobody could process. */
    public static final String DEAD_LETTER = "wasl.dead-letter";

    /** Messages whose time ran out in a queue. */
    public static final String EXPIRED = "wasl.expired";

    private Queues() {}

    /** Where requests to this provider wait. */
    public static String request(SubsystemId provider) {
        return "wasl.request." + provider.dotted();
    }

    /** Where replies to this member's node wait. */
    public static String reply(MemberId consumer, String nodeId) {
        return "wasl.reply." + consumer.dotted() + "." + nodeId;
    }

    /** Where events for this subscriber wait. */
    public static String event(SubsystemId subscriber) {
        return "wasl.event." + subscriber.dotted();
    }

    /** Where messages of this member's queues wait that nobody could process, at a broker that all members share. */
    public static String deadLetter(MemberId reader) {
        return DEAD_LETTER + "." + reader.dotted();
    }

    /** Where messages of this member's queues wait whose time ran out, at a broker that all members share. */
    public static String expired(MemberId reader) {
        return EXPIRED + "." + reader.dotted();
    }

    /**
     * Every queue that the registry calls for at a broker that carries the requests to these members, with who may use
     * it: requests are sent by those who have an agreement with the provider, whatever state it is in, replies by
     * those whom the consumer has an agreement with, and events by those whose events the subscriber has an agreement on.
     *
     * @param providers the members whose request queues the broker holds
     */
    static List<DeclaredQueue> declared(Registry registry, Collection<MemberId> providers) {
        Map<SubsystemId, Set<MemberId>> askers = new HashMap<>();
        Map<MemberId, Set<MemberId>> answerers = new HashMap<>();
        Map<SubsystemId, Set<MemberId>> publishers = new TreeMap<>();
        for (Agreement agreement : registry.agreements()) {
            MemberId consumer = agreement.consumer().member();
            SubsystemId provider = agreement.service().subsystem();
            if (registry.service(agreement.service()).filter(Service::isEvent).isPresent()) {
                publishers
                        .computeIfAbsent(agreement.consumer(), c -> new HashSet<>())
                        .add(provider.member());
                continue;
            }
            askers.computeIfAbsent(provider, p -> new HashSet<>()).add(consumer);
            answerers.computeIfAbsent(consumer, c -> new HashSet<>()).add(provider.member());
        }
        List<DeclaredQueue> queues = new ArrayList<>();
        publishers.forEach((subscriber, senders) ->
                queues.add(new DeclaredQueue(event(subscriber), subscriber.member(), senders)));
        for (Member member : registry.members()) {
            for (String node : member.nodes()) {
                queues.add(new DeclaredQueue(
                        reply(member.id(), node), member.id(), answerers.getOrDefault(member.id(), Set.of())));
            }
            if (providers.contains(member.id())) {
                member.subsystems().stream()
                        .filter(subsystem -> !subsystem.services().isEmpty())
                        .forEach(subsystem -> queues.add(new DeclaredQueue(
                                request(subsystem.id()), member.id(), askers.getOrDefault(subsystem.id(), Set.of()))));
            }
        }
        return queues;
    }

    /**
     * Every queue that the registry calls for at a broker that all members share: those of {@link #declared}, and for each
     * member two for what could not be processed or came too late, which that member alone reads and writes.
     */
    static List<DeclaredQueue> declaredAlone(Registry registry) {
        List<MemberId> members = registry.members().stream().map(Member::id).toList();
        List<DeclaredQueue> queues = new ArrayList<>(declared(registry, members));
        for (MemberId member : members) {
            queues.add(new DeclaredQueue(deadLetter(member), member, Set.of(member)));
            queues.add(new DeclaredQueue(expired(member), member, Set.of(member)));
        }
        return queues;
    }

    /**
     * A queue and its users.
     *
     * @param name its name, which is its address too
     * @param reader the member that alone may read it
     * @param senders the members that alone may send to it
     */
    record DeclaredQueue(String name, MemberId reader, Set<MemberId> senders) {

        DeclaredQueue {
            senders = Set.copyOf(senders);
        }
    }
}
