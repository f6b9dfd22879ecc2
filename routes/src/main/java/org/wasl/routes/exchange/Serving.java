package org.wasl.routes.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.ConnectorResult;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ended;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/** The bodies of {@code exchange.serve} after {@link Arrival}. */
sealed interface Serving {

    Arrival arrival();

    /**
     * Genuine, and addressed to this provider.
     *
     * @param evidence what showed that the consumer's certificate was not revoked
     * @param openUntil the deadline of the answer that was announced for later; null for a request that was not
     */
    record Verified(
            Arrival arrival,
            SubsystemId provider,
            Container request,
            Registry registry,
            List<RevocationEvidence> evidence,
            @Nullable Instant openUntil)
            implements Serving {

        /** A request that is to be answered now. */
        Verified(
                Arrival arrival,
                SubsystemId provider,
                Container request,
                Registry registry,
                List<RevocationEvidence> evidence) {
            this(arrival, provider, request, registry, evidence, null);
        }

        /** The same by another registry. */
        Verified by(Registry other) {
            return new Verified(arrival, provider, request, other, evidence, openUntil);
        }

        /** Until when an answer is of use. */
        Instant until() {
            return openUntil == null ? request.header().expires() : openUntil;
        }
    }

    /** Announced for later, and asked again now. */
    record Reopened(DeferralDesk.Open open) implements Serving {

        @Override
        public Arrival arrival() {
            return open.arrival();
        }
    }

    /** The back-end has no answer yet. */
    record Deferred(Authorized authorized, ConnectorResult.Deferred later) implements Serving, Ended {

        @Override
        public Arrival arrival() {
            return authorized.arrival();
        }
    }

    /**
     * Received by a node of this member that has gone, which had announced its answer for later.
     *
     * @param interim that announcement
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Adopted(Verified verified, byte[] interim) implements Serving, Ended {

        @Override
        public Arrival arrival() {
            return verified.arrival();
        }
    }

    /** The requester's own word that it wants no answer any more. */
    record Cancelling(Verified verified) implements Serving, Ended {

        @Override
        public Arrival arrival() {
            return verified.arrival();
        }
    }

    /**
     * Allowed by an agreement.
     *
     * @param subject the value of the subject parameter; null when the service has none
     * @param question what the agreements were asked
     * @param owner the national number of the person to whom the record must belong; null when that is not asked
     */
    record Authorized(
            Verified verified,
            Service service,
            Map<String, String> parameters,
            @Nullable String subject,
            Agreement agreement,
            AccessRequest question,
            @Nullable String owner)
            implements Serving {

        @Override
        public Arrival arrival() {
            return verified.arrival();
        }
    }

    /** What the sign step takes. */
    sealed interface Signable extends Serving {}

    /**
     * The back-end's record: in full, then cut, then valid.
     *
     * @param coverageComplete whether the source vouches that there is nothing more
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Fetched(Authorized authorized, byte[] record, Instant asOf, boolean coverageComplete) implements Signable {

        @Override
        public Arrival arrival() {
            return authorized.arrival();
        }
    }

    /**
     * The back-end's document, signed as it came: no step looks into it.
     *
     * @param answer the reply, in a spool file
     */
    record Documented(Authorized authorized, Container answer) implements Signable, Ended {

        @Override
        public Arrival arrival() {
            return authorized.arrival();
        }
    }

    /**
     * To be answered by a fault.
     *
     * @param request the request's header; a claim unless genuine
     * @param bound what the fault will be bound to
     * @param genuine whether the request was authenticated
     * @param confidential whether the fault says something of what a confidential service's back-end holds
     */
    record Faulted(
            Arrival arrival,
            SubsystemId provider,
            Header request,
            InReplyTo bound,
            boolean genuine,
            boolean confidential,
            Fault fault,
            @Nullable String subject)
            implements Signable, Ended {}

    /**
     * Refused, to be logged as that.
     *
     * @param claimed the header, when it could be read
     * @param request the request, when it is genuine
     * @param answerable whether the sender is to be told
     * @param subject the value of the subject parameter; null when it is not known, or not vouched for by a signature
     */
    record Refused(
            Arrival arrival,
            Optional<Header> claimed,
            Optional<Container> request,
            Fault fault,
            boolean answerable,
            @Nullable String subject)
            implements Serving, Ended {

        /** Refused before anybody looked whom it is about. */
        Refused(
                Arrival arrival,
                Optional<Header> claimed,
                Optional<Container> request,
                Fault fault,
                boolean answerable) {
            this(arrival, claimed, request, fault, answerable, null);
        }
    }

    /**
     * Answered before: the recorded octets go again.
     *
     * @param whole the recorded container, when the recorded octets are only its card
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Replayed(
            Arrival arrival,
            Container request,
            byte[] recorded,
            @Nullable ContainerContent whole) implements Serving, Ended {}

    /** An answer that had been announced for later: durable, and the broker did not take it before. */
    record Unsent(Arrival arrival, StoredMessage recorded) implements Serving, Ended {}

    /** A signed answer, not durable yet. */
    record Answer(
            Arrival arrival,
            Container answer,
            @Nullable String subject,
            @Nullable FaultCode code) implements Serving {}
}
