package org.wasl.routes.exchange;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.flow.Ended;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.PlainPayload;

/** The bodies of {@code exchange.receive-reply} after {@link Arrival}. */
sealed interface ReplyBody {

    /**
     * Genuine, from whomever.
     *
     * @param evidence what showed that the sender's certificate was not revoked
     */
    record Verified(Arrival arrival, Container reply, List<RevocationEvidence> evidence) implements ReplyBody {}

    /**
     * Bound to a request of ours by its signed fields.
     *
     * @param payload the reply's, opened
     * @param evidence what showed that the sender's certificate was not revoked
     * @param flight the request's flight; null when nobody waits any more
     */
    record Bound(
            Arrival arrival,
            Container reply,
            PlainPayload payload,
            List<RevocationEvidence> evidence,
            Container request,
            @Nullable Flight flight)
            implements ReplyBody {}

    /**
     * Durable.
     *
     * @param payload the reply's, opened
     * @param flight the flight to end; null when it came too late for anybody
     */
    record Logged(
            Container reply,
            PlainPayload payload,
            Container request,
            @Nullable Flight flight) implements ReplyBody {}

    /** Refused. */
    record Refused(Arrival arrival, Optional<Header> claimed, Fault fault) implements ReplyBody, Ended {}
}
