package org.wasl.routes.exchange;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ended;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.registry.Registry;

/** The bodies of {@code exchange.submit}, one for each stage that a submission reaches. */
sealed interface Submission {

    Flight flight();

    /** What the caller asked. */
    record Draft(Flight flight, ExchangeRequest request) implements Submission {}

    /**
     * A message, not signed yet.
     *
     * @param registry the registry by which it was built
     * @param subject the value of the subject parameter; null when the service has none
     * @param confidential whether the payload is to be encrypted; known once the agreements were asked
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Built(
            Flight flight,
            ExchangeRequest request,
            Registry registry,
            Header header,
            byte[] payload,
            @Nullable String subject,
            boolean confidential)
            implements Submission {

        /** The same, to be encrypted or not. */
        Built confidential(boolean encrypt) {
            return new Built(flight, request, registry, header, payload, subject, encrypt);
        }
    }

    /** Signed. */
    record Signed(
            Flight flight,
            ExchangeRequest request,
            Container container,
            @Nullable String subject) implements Submission {}

    /**
     * Durable in the log: it may leave.
     *
     * @param life how long it may wait in a queue; null for as long as it has time to be answered
     */
    record Logged(
            Flight flight, Container container, @Nullable Duration life) implements Submission {

        /** A request that waits in a queue for as long as it has time to be answered. */
        Logged(Flight flight, Container container) {
            this(flight, container, null);
        }
    }

    /** Refused before it became a message. */
    record Refused(Flight flight, ExchangeRequest request, Fault fault) implements Submission, Ended {}

    /** A message of this id had been sent before. */
    record Repeated(Flight flight, ExchangeRequest request, StoredMessage earlier) implements Submission, Ended {}
}
