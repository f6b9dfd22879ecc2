package org.wasl.routes.exchange;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;

/**
 * How many requests of one service are served at once. Each has threads of its own, and each thread holds a session at the
 * broker, of which a member has so many and no more: so a member with few services gives each what it may have, and one with
 * many divides what {@value #TOGETHER} services may have among all of them, equally. What is divided beforehand is there
 * for a quiet service however busy the others are.
 */
final class RequestThreads {

    /** The services of a member together get as many threads as so many services alone would. */
    static final int TOGETHER = 4;

    private final Map<MemberId, Integer> shares = new TreeMap<>();

    /**
     * @param served the services that the node answers
     * @param most threads of one service
     */
    RequestThreads(Set<ServiceId> served, int most) {
        served.stream().collect(Collectors.groupingBy(ServiceId::member)).forEach((member, services) -> {
            long queues = services.stream().map(ServiceId::subsystem).distinct().count();
            // Each queue has one reader more, for what is labelled with none of its services.
            long readers = services.size() + queues;
            shares.put(member, (int) Math.max(1, Math.min(most, (long) TOGETHER * most / readers)));
        });
    }

    /**
     * As many for each service of this member, and for what is labelled with none of them.
     *
     * @throws IllegalArgumentException when it has no service here
     */
    int each(MemberId member) {
        Integer share = shares.get(member);
        if (share == null) {
            throw new IllegalArgumentException(member + " answers nothing here");
        }
        return share;
    }
}
