package org.wasl.routes.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;

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

    /**
     * Every queue that the registry calls for at a broker that carries the requests to these members.
     *
     * @param providers the members whose request queues the broker holds
     */
    static List<DeclaredQueue> declared(Registry registry, Collection<MemberId> providers) {
        List<DeclaredQueue> queues = new ArrayList<>();
        for (Member member : registry.members()) {
            for (String node : member.nodes()) {
                queues.add(new DeclaredQueue(reply(member.id(), node), member.id()));
            }
            if (providers.contains(member.id())) {
                member.subsystems().stream()
                        .filter(subsystem -> !subsystem.services().isEmpty())
                        .forEach(subsystem -> queues.add(new DeclaredQueue(request(subsystem.id()), member.id())));
            }
        }
        return queues;
    }

    /**
     * A queue and its reader.
     *
     * @param name its name, which is its address too
     * @param reader the member that alone may read it
     */
    record DeclaredQueue(String name, MemberId reader) {}
}
