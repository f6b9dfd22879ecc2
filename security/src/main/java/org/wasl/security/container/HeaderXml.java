package org.wasl.security.container;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;

/** {@code header.xml}: written by template, read from a document that its schema has passed. */
final class HeaderXml {

    static final String NAMESPACE = "urn:wasl:envelope:1";
    /** How the version of every header in this namespace begins. */
    static final String MAJOR = "1.";

    static final String VERSION = "1.0";

    private HeaderXml() {}

    static byte[] write(Header header) {
        StringBuilder xml = new StringBuilder(1400);
        xml.append("<env:header xmlns:env=\"" + NAMESPACE + "\" version=\"" + VERSION + "\">");
        TemplateText.element(xml, "env:messageId", header.messageId().toString());
        TemplateText.element(xml, "env:correlationId", header.correlationId());
        TemplateText.element(xml, "env:kind", header.kind().name());
        TemplateText.element(xml, "env:sender", header.sender().toString());
        TemplateText.element(xml, "env:consumer", header.consumer().toString());
        TemplateText.element(xml, "env:provider", header.provider().toString());
        TemplateText.element(xml, "env:service", header.service().toString());
        TemplateText.element(xml, "env:schemaVersion", header.schemaVersion());
        TemplateText.element(xml, "env:payloadMediaType", header.payloadMediaType());
        TemplateText.optional(xml, "env:plainPayloadDigest", header.plainPayloadDigest());
        writeActor(xml, header.actor());
        TemplateText.optional(xml, "env:representedParty", header.representedParty());
        TemplateText.optional(xml, "env:caseReference", header.caseReference());
        TemplateText.element(xml, "env:purpose", header.purpose());
        TemplateText.element(xml, "env:legalBasis", header.legalBasis());
        TemplateText.element(xml, "env:channel", header.channel());
        TemplateText.element(xml, "env:locale", header.locale());
        TemplateText.element(xml, "env:priority", header.priority().name());
        TemplateText.element(xml, "env:issued", TemplateText.instant(header.issued()));
        TemplateText.element(xml, "env:expires", TemplateText.instant(header.expires()));
        TemplateText.optional(xml, "env:idempotencyKey", header.idempotencyKey());
        RegistryReference registry = header.registry();
        if (registry != null) {
            xml.append("<env:registry state=\"").append(registry.state().name());
            xml.append("\" version=\"").append(registry.version()).append("\"></env:registry>");
        }
        InReplyTo request = header.inReplyTo();
        if (request != null) {
            xml.append("<env:inReplyTo>");
            TemplateText.element(xml, "env:messageId", request.messageId().toString());
            TemplateText.element(xml, "env:headerDigest", request.headerDigest());
            TemplateText.element(xml, "env:payloadDigest", request.payloadDigest());
            xml.append("</env:inReplyTo>");
        }
        EventSequence event = header.event();
        if (event != null) {
            xml.append("<env:event sequence=\"").append(event.number());
            xml.append("\" source=\"").append(event.source()).append("\"></env:event>");
        }
        xml.append("</env:header>");
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void writeActor(StringBuilder xml, Actor actor) {
        // Canonical XML puts attributes in the order of their names.
        xml.append("<env:actor assurance=\"").append(actor.assurance().name());
        xml.append("\" kind=\"").append(actor.kind().name()).append("\">");
        TemplateText.element(xml, "env:id", actor.id());
        TemplateText.optional(xml, "env:assertionDigest", actor.assertionDigest());
        xml.append("</env:actor>");
    }

    /** Reads a header that is valid by schema; what the schema cannot say is checked here. */
    static Header read(Element root) throws Refusal {
        Header header;
        try {
            header = fields(new Fields(root));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Refusal.opening(FaultCode.HEADER_INVALID, "a field of the header has a value that it cannot have");
        }
        String broken = HeaderRules.broken(header).orElse(null);
        if (broken != null) {
            throw Refusal.opening(FaultCode.HEADER_INVALID, broken);
        }
        return header;
    }

    private static Header fields(Fields from) {
        UUID messageId = UUID.fromString(from.required("messageId"));
        String correlationId = from.required("correlationId");
        MessageKind kind = MessageKind.valueOf(from.required("kind"));
        SubsystemId sender = SubsystemId.parse(from.required("sender"));
        SubsystemId consumer = SubsystemId.parse(from.required("consumer"));
        SubsystemId provider = SubsystemId.parse(from.required("provider"));
        ServiceId service = ServiceId.parse(from.required("service"));
        String schemaVersion = from.required("schemaVersion");
        String mediaType = from.required("payloadMediaType");
        String plainPayloadDigest = from.optional("plainPayloadDigest");
        Actor actor = actor(from.requiredElement("actor"));
        String representedParty = from.optional("representedParty");
        String caseReference = from.optional("caseReference");
        String purpose = from.required("purpose");
        String legalBasis = from.required("legalBasis");
        String channel = from.required("channel");
        String locale = from.required("locale");
        Priority priority = Priority.valueOf(from.required("priority"));
        Instant issued = Instant.parse(from.required("issued"));
        Instant expires = Instant.parse(from.required("expires"));
        String idempotencyKey = from.optional("idempotencyKey");
        RegistryReference registry = registry(from.optionalElement("registry"));
        InReplyTo inReplyTo = inReplyTo(from.optionalElement("inReplyTo"));
        EventSequence event = event(from.optionalElement("event"));
        from.end();
        return new Header(
                messageId,
                correlationId,
                kind,
                sender,
                consumer,
                provider,
                service,
                schemaVersion,
                mediaType,
                plainPayloadDigest,
                actor,
                representedParty,
                caseReference,
                purpose,
                legalBasis,
                channel,
                locale,
                priority,
                issued,
                expires,
                idempotencyKey,
                registry,
                inReplyTo,
                event);
    }

    private static Actor actor(Element element) {
        Fields from = new Fields(element);
        Actor actor = new Actor(
                ActorKind.valueOf(element.getAttribute("kind")),
                AssuranceLevel.valueOf(element.getAttribute("assurance")),
                from.required("id"),
                from.optional("assertionDigest"));
        from.end();
        return actor;
    }

    private static @Nullable RegistryReference registry(@Nullable Element element) {
        if (element == null) {
            return null;
        }
        String version = element.getAttribute("version");
        return new RegistryReference(
                Long.parseLong(version), RegistryReference.State.valueOf(element.getAttribute("state")));
    }

    private static @Nullable EventSequence event(@Nullable Element element) {
        return element == null
                ? null
                : new EventSequence(
                        Long.parseLong(element.getAttribute("sequence")),
                        UUID.fromString(element.getAttribute("source")));
    }

    private static @Nullable InReplyTo inReplyTo(@Nullable Element element) {
        if (element == null) {
            return null;
        }
        Fields from = new Fields(element);
        InReplyTo request = new InReplyTo(
                UUID.fromString(from.required("messageId")),
                from.required("headerDigest"),
                from.required("payloadDigest"));
        from.end();
        return request;
    }

    /** Walks an element's children in the schema's order. */
    private static final class Fields {

        private @Nullable Element next;

        Fields(Element parent) {
            next = elementFrom(parent.getFirstChild());
        }

        String required(String name) {
            return text(requiredElement(name));
        }

        @Nullable
        String optional(String name) {
            Element element = optionalElement(name);
            return element == null ? null : text(element);
        }

        Element requiredElement(String name) {
            Element element = optionalElement(name);
            if (element == null) {
                throw new IllegalArgumentException("no " + name);
            }
            return element;
        }

        @Nullable
        Element optionalElement(String name) {
            Element element = next;
            if (element == null
                    || !name.equals(element.getLocalName())
                    || !NAMESPACE.equals(element.getNamespaceURI())) {
                return null;
            }
            next = elementFrom(element.getNextSibling());
            return element;
        }

        void end() {
            if (next != null) {
                throw new IllegalArgumentException("a field too many");
            }
        }

        /** The schema forgives blanks round a token; then two readers could read two values, so they are refused. */
        private static String text(Element element) {
            String text = element.getTextContent();
            if (!text.equals(text.strip()) || text.isEmpty()) {
                throw new IllegalArgumentException("blanks round a value");
            }
            return text;
        }

        private static @Nullable Element elementFrom(@Nullable Node node) {
            Node at = node;
            while (at != null && !(at instanceof Element)) {
                at = at.getNextSibling();
            }
            return (Element) at;
        }
    }
}
