package org.wasl.routes.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.security.container.Container;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.container.RegistryReference;
import org.wasl.security.container.Sealing;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryValidity;
import org.wasl.security.registry.Service;

/** Makes a fact one signed, durable message of its publisher. */
final class Publishing implements EventPublisher {

    /** The purpose and the basis of a source message: nobody is told anything by it yet. */
    static final String PUBLICATION = "PUBLICATION";

    static final String XML = "application/xml";
    static final String CHANNEL = "SYSTEM";

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._:/@+=\\-]{1,100}");

    private final EventParts parts;
    private final Ledger ledger;
    private final AnswerSigner signer;
    private final EventReading reading;
    private final PayloadXml payloads;
    private final Consumer<SubsystemId> published;

    /**
     * @param published hears of each publisher with something new
     */
    Publishing(
            EventParts parts,
            Ledger ledger,
            AnswerSigner signer,
            EventReading reading,
            PayloadXml payloads,
            Consumer<SubsystemId> published) {
        this.parts = parts;
        this.ledger = ledger;
        this.signer = signer;
        this.reading = reading;
        this.payloads = payloads;
        this.published = published;
    }

    private record Checked(Service type, Registry registry, Element record, byte[] octets, String subject) {}

    @Override
    public Publication publish(EventDraft draft) {
        Registry registry = parts.registry().get();
        Optional<Fault> refusal = refusal(draft, registry);
        if (refusal.isPresent()) {
            return new Publication.Refused(refusal.get());
        }
        Service type = registry.service(draft.type()).orElseThrow();
        SchemaVerdict verdict = parts.schemas().validate(draft.record(), type.namespace(), type.schemaVersion());
        if (verdict instanceof SchemaVerdict.Invalid invalid) {
            return new Publication.Refused(
                    invalid.toFault(Stage.EDGE, draft.publisher().member().toString()));
        }
        Element record = ((SchemaVerdict.Valid) verdict).document().getDocumentElement();
        String subject = EventReading.subject(type, record);
        if (subject == null) {
            return refused(
                    draft,
                    FaultCode.REQUEST_INVALID,
                    "the record does not say at " + type.ownerField() + " whom or what it is about");
        }
        // As a document of its own, whatever declaration or blanks came round it.
        Checked checked = new Checked(type, registry, record, HardenedXml.serialise(record), subject);
        UUID id = MessageIds.published(draft.type(), draft.key());
        Optional<StoredMessage> earlier = earlier(draft.publisher(), id);
        return earlier.isPresent() ? again(draft, checked, earlier.get()) : first(draft, checked, id);
    }

    private Optional<Fault> refusal(EventDraft draft, Registry registry) {
        SubsystemId publisher = draft.publisher();
        if (registry.service(draft.type()).filter(Service::isEvent).isEmpty()) {
            return Optional.of(fault(draft, FaultCode.EVENT_TYPE_UNKNOWN, "no event type " + draft.type()));
        }
        if (!KEY.matcher(draft.key()).matches()) {
            return Optional.of(fault(
                    draft, FaultCode.REQUEST_INVALID, "the event's key must have 1 to 100 characters of a token"));
        }
        if (parts.keys().messageKey(publisher.member()).isEmpty() || !numbersHere(registry, publisher)) {
            return Optional.of(
                    fault(draft, FaultCode.KEY_UNAVAILABLE, "events of " + publisher + " are published elsewhere"));
        }
        return RegistryValidity.refusal(registry, ledger.now(), Stage.AUTHORIZE);
    }

    /** Numbers need one log: a member's events are published, and received, at the first of its nodes. */
    private boolean numbersHere(Registry registry, SubsystemId publisher) {
        return registry.member(publisher.member())
                .map(Member::nodes)
                .filter(nodes ->
                        !nodes.isEmpty() && nodes.get(0).equals(parts.settings().nodeId()))
                .isPresent();
    }

    private Optional<StoredMessage> earlier(SubsystemId publisher, UUID id) {
        return ledger.find(publisher.member(), Direction.SENT, publisher, id);
    }

    private Publication again(EventDraft draft, Checked checked, StoredMessage earlier) {
        boolean same = reading.open(earlier)
                .map(container -> payloads.read(container, draft.publisher().member()))
                .filter(PayloadContent.Record.class::isInstance)
                .map(PayloadContent.Record.class::cast)
                .filter(record -> Arrays.equals(HardenedXml.serialise(record.root()), checked.octets()))
                .isPresent();
        if (!same && earlier.container() != null) {
            return refused(draft, FaultCode.EVENT_KEY_REUSED, "the key was used for another event");
        }
        published.accept(draft.publisher());
        return new Publication.Published(earlier.messageId(), earlier.index(), true);
    }

    private Publication first(EventDraft draft, Checked checked, UUID id) {
        Instant now = ledger.now();
        Header header = header(draft, checked, id, now);
        byte[] payload = PayloadXml.record(checked.octets(), now, Coverage.COMPLETE);
        if (checked.type().confidential()) {
            Sealing sealing = parts.sealer().seal(header, payload, checked.registry(), now);
            if (sealing instanceof Sealing.Refused refused) {
                return new Publication.Refused(refused.fault());
            }
            header = ((Sealing.Sealed) sealing).header();
            payload = ((Sealing.Sealed) sealing).payload();
        }
        Container source = signer.sign(new AnswerSigner.Draft(header, payload));
        AppendResult result = ledger.durable(ledger.sent(draft.publisher().member(), source, checked.subject(), null));
        if (result instanceof AppendResult.Appended appended) {
            published.accept(draft.publisher());
            return new Publication.Published(id, appended.index(), false);
        }
        // Somebody published under the same key meanwhile.
        return again(
                draft,
                checked,
                earlier(draft.publisher(), id)
                        .orElseThrow(() -> new IllegalStateException("event " + id + " cannot be found")));
    }

    private Header header(EventDraft draft, Checked checked, UUID id, Instant now) {
        SubsystemId publisher = draft.publisher();
        @Nullable String correlation = draft.correlationId();
        return new Header(
                id,
                correlation == null ? id.toString() : correlation,
                MessageKind.EVENT,
                publisher,
                publisher,
                publisher,
                draft.type(),
                checked.type().schemaVersion(),
                XML,
                null,
                draft.actor(),
                null,
                null,
                PUBLICATION,
                PUBLICATION,
                CHANNEL,
                draft.locale(),
                Priority.NORMAL,
                now,
                now.plus(parts.settings().life()),
                draft.key(),
                RegistryReference.to(checked.registry(), now).orElse(null),
                null);
    }

    private static Publication refused(EventDraft draft, FaultCode code, String detail) {
        return new Publication.Refused(fault(draft, code, detail));
    }

    private static Fault fault(EventDraft draft, FaultCode code, String detail) {
        return new Fault(code, Stage.EDGE, draft.publisher().member().toString(), detail);
    }
}
