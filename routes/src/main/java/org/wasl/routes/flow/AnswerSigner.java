package org.wasl.routes.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.wasl.schemas.deferral.Delivery;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.RegistryReference;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;

/** Signs answers to requests: replies and faults, bound to the request by its id and digests. */
public final class AnswerSigner {

    /** The version of the fault schema. */
    private static final String FAULT_SCHEMA = "1.0";

    /** The version of the schema of deferrals, cancellations and deliveries. */
    public static final String DEFERRAL_SCHEMA = "1.0";

    private static final String XML = "application/xml";
    private static final byte[] NOTHING = {};

    /**
     * An answer that is not signed yet.
     *
     * @param header its header
     * @param payload its payload
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    public record Draft(Header header, byte[] payload) {}

    private final CurrentRegistry registry;
    private final MemberKeys keys;
    private final ContainerSigner signer;
    private final Ledger ledger;
    private final Duration minimumLife;

    /**
     * @param registry on whose word answers are signed, unless they name another version
     * @param minimumLife how long an answer may be processed at the least, when the request's time is up
     */
    public AnswerSigner(
            CurrentRegistry registry, MemberKeys keys, ContainerSigner signer, Ledger ledger, Duration minimumLife) {
        this.registry = registry;
        this.keys = keys;
        this.signer = signer;
        this.ledger = ledger;
        this.minimumLife = minimumLife;
    }

    /** Signs the one fault of this party to that genuine request. */
    public Container fault(SubsystemId party, Header request, InReplyTo bound, Fault fault) {
        return fault(party, request, bound, fault, MessageIds.answer(party, request.consumer(), bound));
    }

    /** Signs a fault to a request that could not be authenticated: its id takes nothing from a genuine one's answer. */
    public Container faultToUnverified(SubsystemId party, Header claimed, InReplyTo bound, Fault fault) {
        return fault(party, claimed, bound, fault, TimeOrderedId.next());
    }

    private Container fault(SubsystemId party, Header request, InReplyTo bound, Fault fault, UUID id) {
        return sign(faultDraft(party, request, bound, fault, id));
    }

    /** The one fault of this party to that genuine request, not signed yet. */
    public Draft faultDraft(SubsystemId party, Header request, InReplyTo bound, Fault fault) {
        return faultDraft(party, request, bound, fault, MessageIds.answer(party, request.consumer(), bound));
    }

    private Draft faultDraft(SubsystemId party, Header request, InReplyTo bound, Fault fault, UUID id) {
        return draft(
                registry.get(),
                party,
                request,
                bound,
                MessageKind.FAULT,
                FAULT_SCHEMA,
                PayloadXml.fault(fault),
                id,
                request.expires());
    }

    /** Signs the one reply of the provider, on the word of the registry in force. */
    public Container reply(Container request, String schemaVersion, byte[] payload) {
        return reply(request, registry.get(), schemaVersion, payload);
    }

    /** Signs the one reply of the provider, on the word of the registry by which it was decided. */
    public Container reply(Container request, Registry decidedBy, String schemaVersion, byte[] payload) {
        return sign(replyDraft(request, decidedBy, schemaVersion, payload));
    }

    /** The same reply, not signed yet. */
    public Draft replyDraft(Container request, Registry decidedBy, String schemaVersion, byte[] payload) {
        return replyDraft(
                request, decidedBy, schemaVersion, payload, request.header().expires());
    }

    /**
     * The same reply, when it was announced for later.
     *
     * @param lives until when it may be processed at the least
     */
    public Draft replyDraft(
            Container request, Registry decidedBy, String schemaVersion, byte[] payload, Instant lives) {
        SubsystemId provider = request.header().provider();
        InReplyTo bound = request.asInReplyTo();
        UUID id = MessageIds.answer(provider, request.header().sender(), bound);
        return draft(
                decidedBy, provider, request.header(), bound, MessageKind.REPLY, schemaVersion, payload, id, lives);
    }

    /**
     * That the answer of the provider comes later, not signed yet.
     *
     * @param openUntil the deadline of the answer
     */
    public Draft interimDraft(
            Container request, Registry decidedBy, String schemaVersion, byte[] payload, Instant openUntil) {
        SubsystemId provider = request.header().provider();
        InReplyTo bound = request.asInReplyTo();
        UUID id = MessageIds.interim(provider, request.header().sender(), bound);
        return draft(
                decidedBy,
                provider,
                request.header(),
                bound,
                MessageKind.INTERIM,
                schemaVersion,
                payload,
                id,
                openUntil);
    }

    /** Signs, with the consumer's key, that it wants no answer to that request any more. */
    public Container cancellation(Container request, String reason) {
        Header asked = request.header();
        InReplyTo bound = request.asInReplyTo();
        return sign(draft(
                registry.get(),
                asked.consumer(),
                asked,
                bound,
                MessageKind.CANCELLATION,
                DEFERRAL_SCHEMA,
                PayloadXml.cancellation(reason),
                MessageIds.cancellation(asked.provider(), asked.consumer(), bound),
                asked.expires()));
    }

    /** Signs, with the consumer's key, what came of handing a late answer on. */
    public Container delivery(Container request, Delivery delivery) {
        return delivery(request, delivery, TimeOrderedId.next());
    }

    /** The same under an id that there is once, for what is done once. */
    public Container delivery(Container about, Delivery delivery, UUID id) {
        Header asked = about.header();
        return sign(draft(
                registry.get(),
                asked.consumer(),
                asked,
                about.asInReplyTo(),
                MessageKind.DELIVERY,
                DEFERRAL_SCHEMA,
                PayloadXml.delivery(delivery),
                id,
                asked.expires()));
    }

    /** The header of the provider's one reply, when that is a document of this media type. */
    public Header documentHeader(Container request, Registry decidedBy, String schemaVersion, String mediaType) {
        return replyDraft(request, decidedBy, schemaVersion, NOTHING).header().withDocument(mediaType);
    }

    /** Signs an answer. */
    public Container sign(Draft draft) {
        return signer.sign(draft.header(), draft.payload(), key(draft.header()));
    }

    /** The key that signs what this header heads. */
    public SigningKey key(Header header) {
        MemberId member = header.sender().member();
        return keys.messageKey(member)
                .orElseThrow(() -> new IllegalStateException("this node does not speak for " + member));
    }

    private Draft draft(
            Registry decidedBy,
            SubsystemId party,
            Header request,
            InReplyTo bound,
            MessageKind kind,
            String schemaVersion,
            byte[] payload,
            UUID id,
            Instant lives) {
        Instant issued = ledger.now();
        Instant least = issued.plus(minimumLife);
        Header header = new Header(
                id,
                request.correlationId(),
                kind,
                party,
                request.consumer(),
                request.provider(),
                request.service(),
                schemaVersion,
                XML,
                null,
                request.actor(),
                request.representedParty(),
                request.caseReference(),
                request.purpose(),
                request.legalBasis(),
                request.channel(),
                request.locale(),
                request.priority(),
                issued,
                // An announcement says itself how long it holds; an answer's receiver needs a while in any case.
                kind == MessageKind.INTERIM || lives.isAfter(least) ? lives : least,
                null,
                RegistryReference.to(decidedBy, issued).orElse(null),
                bound);
        return new Draft(header, payload);
    }
}
