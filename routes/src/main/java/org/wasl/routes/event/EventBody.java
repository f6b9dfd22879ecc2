package org.wasl.routes.event;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.exchange.Arrival;
import org.wasl.routes.flow.Ended;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;

/** The bodies of the receiving route. */
sealed interface EventBody {

    /** A genuine event for this subscriber whose number fits its id. */
    record Verified(Arrival arrival, Container event, List<RevocationEvidence> evidence) implements EventBody {}

    /**
     * The next event of its publisher.
     *
     * @param pair between whom
     * @param denied why it is given to nobody, though it counts as received; null when it is given
     * @param subject whom or what it is about, as far as the record says
     */
    record Next(
            Verified verified,
            Pair pair,
            @Nullable FaultCode denied,
            @Nullable String subject) implements EventBody {}

    /** What came is refused; it changes nothing. */
    record Refused(Arrival arrival, Optional<Header> claimed, Fault fault) implements EventBody, Ended {}
}
