package org.wasl.routes.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;

/** The consumer's last steps before a request leaves: log it, notice that it had been sent before, address it. */
final class SubmissionLog {

    private static final Duration LEAST_TIME_TO_LIVE = Duration.ofMillis(1);

    private final Ledger ledger;
    private final LocalFaults localFaults;
    private final Answers answers;
    private final Flights flights;
    private final String nodeId;
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock, in nanoseconds */
    SubmissionLog(
            Ledger ledger,
            LocalFaults localFaults,
            Answers answers,
            Flights flights,
            String nodeId,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.ledger = ledger;
        this.localFaults = localFaults;
        this.answers = answers;
        this.flights = flights;
        this.nodeId = nodeId;
    }

    /** Begins to log the request as sent. */
    CompletionStage<AppendResult> append(Submission.Signed signed) {
        Container container = signed.container();
        return ledger.sent(container.header().consumer().member(), container, signed.subject(), null);
    }

    /** The request is durable, or a message of its id had been. */
    Object appended(Submission.Signed signed, AppendResult result) {
        if (result instanceof AppendResult.Appended) {
            return accepted(signed.flight(), signed.container());
        }
        Header header = signed.container().header();
        SubsystemId consumer = header.consumer();
        StoredMessage earlier = ledger.find(consumer.member(), Direction.SENT, consumer, header.messageId())
                .orElseThrow(() -> new IllegalStateException("request " + header.messageId() + " cannot be found"));
        return new Submission.Repeated(signed.flight(), signed.request(), earlier);
    }

    private Object accepted(Flight flight, Container container) {
        if (flight.accepted(container)) {
            return new Submission.Logged(flight, container);
        }
        // The caller was told of the timeout while this was being written; what is accepted must have its end in the
        // log.
        ledger.durable(localFaults.record(
                container,
                LocalFaults.fault(
                        flight, FaultCode.EXCHANGE_TIMED_OUT, Stage.LOG, "the deadline passed before sending")));
        return Ended.Done.DONE;
    }

    /** Gives the recorded answer, or sends the same octets again when there is none yet. */
    Object repeat(Submission.Repeated repeated) {
        Optional<Container> earlier = answers.open(repeated.earlier());
        if (earlier.isEmpty() || !answers.sameRequest(repeated.request(), earlier.get())) {
            return new Submission.Refused(
                    repeated.flight(),
                    repeated.request(),
                    LocalFaults.fault(
                            repeated.flight(),
                            FaultCode.EXCHANGE_ID_REUSED,
                            Stage.LOG,
                            "the message id was used for another request"));
        }
        return resume(repeated.flight(), earlier.get());
    }

    /** Takes up a request that is in the log: its recorded answer, its expiry, or its way. */
    Object resume(Flight flight, Container request) {
        Header header = request.header();
        Optional<StoredMessage> recorded = ledger.consumerAnswer(header.consumer(), header.messageId());
        // Not before: from now on a reply may end the flight, and one that comes after the end must not.
        flight.accepted(request);
        if (recorded.isPresent()) {
            if (flight.claim()) {
                flight.future().complete(answers.result(request, recorded.get()));
            }
            return Ended.Done.DONE;
        }
        if (ledger.about(header.consumer().member(), Direction.RECEIVED, MessageKind.INTERIM, header.messageId())
                .isPresent()) {
            if (flight.claim()) {
                flight.future().complete(answers.standing(request));
            }
            return Ended.Done.DONE;
        }
        Instant now = ledger.now();
        if (!now.isBefore(header.expires())) {
            localFaults.end(flight, expired(flight));
            return Ended.Done.DONE;
        }
        flights.expire(flight, Duration.between(now, header.expires()), localFaults::timedOut);
        return new Submission.Logged(flight, request);
    }

    private static Fault expired(Flight flight) {
        return LocalFaults.fault(
                flight, FaultCode.EXCHANGE_EXPIRED, Stage.TRANSPORT, "the request expired before it was answered");
    }

    /** Logs a refusal, and tells the caller. */
    Object refuse(Submission.Refused refused) {
        localFaults.end(refused.flight(), refused.fault());
        return Ended.Done.DONE;
    }

    /** Addresses a durable request to its provider's queue. */
    Object address(Submission.Logged logged) {
        if (logged.flight().future().isDone()) {
            return Ended.Done.DONE;
        }
        logged.flight().sent(nanoTime.getAsLong());
        Header header = logged.container().header();
        Duration life = logged.life();
        Duration left = life != null ? life : Duration.between(ledger.now(), header.expires());
        return Outgoing.message(
                        Queues.request(header.provider()),
                        logged.container().octets(),
                        header.messageId().toString(),
                        header.priority(),
                        left.compareTo(LEAST_TIME_TO_LIVE) < 0 ? LEAST_TIME_TO_LIVE : left,
                        nodeId)
                .asking(header.service());
    }
}
