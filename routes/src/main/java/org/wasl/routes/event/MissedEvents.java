package org.wasl.routes.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Service;

/**
 * Answers what a subscriber has missed, as an ordinary service of each publisher: what its log holds after a number, and
 * sends that again.
 */
public final class MissedEvents {

    /** The code of the service. */
    public static final String CODE = "missed-events";

    /** Its one parameter: the number after which to tell. */
    public static final String AFTER = "after";

    static final int VERSION = 1;

    private final CurrentRegistry registry;
    private final Set<MemberId> members;
    private final MessageLog log;
    private final AtomicReference<@Nullable Teller> teller = new AtomicReference<>();

    /** What knows the publisher's side of the log. */
    interface Teller {

        long lastTold(Pair pair);

        Optional<StoredMessage> told(Pair pair, long number);

        Optional<Container> open(StoredMessage stored);

        int replayMax();

        /** Sends these again, soon. */
        void replay(Pair pair, long from, long to);
    }

    /**
     * @param members for whom this node answers
     */
    public MissedEvents(CurrentRegistry registry, Set<MemberId> members, MessageLog log) {
        this.registry = registry;
        this.members = Set.copyOf(members);
        this.log = log;
    }

    /** The service of this publisher. */
    public static ServiceId service(SubsystemId publisher) {
        return publisher.service(CODE, VERSION);
    }

    void answerBy(Teller knowing) {
        teller.set(knowing);
    }

    /** These connectors, and beside them one for each of our publishers that the registry gives this service. */
    public Connectors beside(Connectors connectors) {
        Set<ServiceId> own = new HashSet<>();
        for (Member member : registry.get().members()) {
            if (members.contains(member.id())) {
                member.subsystems().stream()
                        .flatMap(subsystem -> subsystem.services().stream())
                        .map(Service::id)
                        .filter(id -> id.equals(service(id.subsystem())))
                        .forEach(own::add);
            }
        }
        return new Connectors() {
            @Override
            public Optional<Connector> connector(ServiceId service) {
                return service.equals(service(service.subsystem()))
                        ? Optional.of(MissedEvents.this::answer)
                        : connectors.connector(service);
            }

            @Override
            public Set<ServiceId> services() {
                Set<ServiceId> all = new HashSet<>(connectors.services());
                all.addAll(own);
                return all;
            }

            private ServiceId service(SubsystemId publisher) {
                return MissedEvents.service(publisher);
            }
        };
    }

    private ConnectorResult answer(ConnectorQuery query) {
        Teller knowing = teller.get();
        SubsystemId publisher = query.service().subsystem();
        // Who asks is whoever signed: the request is in the log by now.
        Optional<SubsystemId> subscriber = log.messages(UUID.fromString(query.requestId())).stream()
                .filter(stored -> stored.kind() == MessageKind.REQUEST
                        && stored.direction() == Direction.RECEIVED
                        && stored.service().equals(query.service()))
                .map(StoredMessage::consumer)
                .findFirst();
        if (knowing == null || subscriber.isEmpty()) {
            return new ConnectorResult.Failed(new Fault(
                    FaultCode.BACKEND_UNAVAILABLE,
                    Stage.CONNECTOR,
                    publisher.member().toString(),
                    "events are not told yet"));
        }
        long after = Long.parseLong(query.parameters().getOrDefault(AFTER, "0"));
        Pair pair = new Pair(publisher, subscriber.get());
        long last = knowing.lastTold(pair);
        long to = Math.min(last, after + knowing.replayMax());
        if (after < to) {
            knowing.replay(pair, after + 1, to);
        }
        return new ConnectorResult.Found(missed(knowing, pair, last, after, to), now(), true);
    }

    private Instant now() {
        return log.now();
    }

    private static byte[] missed(Teller knowing, Pair pair, long last, long after, long to) {
        StringBuilder xml = new StringBuilder(512);
        xml.append("<event:missed xmlns:event=\"urn:wasl:event:1\"><event:highest>")
                .append(last)
                .append("</event:highest>");
        for (long number = after + 1; number <= to; number++) {
            Optional<StoredMessage> stored = knowing.told(pair, number);
            if (stored.isEmpty()) {
                continue;
            }
            xml.append("<event:told sequence=\"").append(number);
            xml.append("\" id=\"").append(stored.get().messageId());
            xml.append("\" type=\"").append(stored.get().service()).append('"');
            knowing.open(stored.get()).ifPresent(container -> xml.append(" headerDigest=\"")
                    .append(container.headerDigest())
                    .append("\" payloadDigest=\"")
                    .append(container.payloadDigest())
                    .append('"'));
            xml.append("></event:told>");
        }
        return xml.append("</event:missed>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
