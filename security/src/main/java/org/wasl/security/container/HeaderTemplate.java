package org.wasl.security.container;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;

/**
 * Reads {@code header.xml} without an XML parser, if it is octet for octet what {@link HeaderXml#write} writes of a header
 * that its schema and {@link HeaderRules} pass. Any other header, right or wrong, is for {@link HeaderXml#read}.
 */
final class HeaderTemplate {

    private static final byte[] START =
            ascii("<env:header xmlns:env=\"" + HeaderXml.NAMESPACE + "\" version=\"" + HeaderXml.VERSION + "\">");
    private static final byte[] END = ascii("</env:header>");

    private static final Tags MESSAGE_ID = new Tags("messageId");
    private static final Tags CORRELATION_ID = new Tags("correlationId");
    private static final Tags KIND = new Tags("kind");
    private static final Tags SENDER = new Tags("sender");
    private static final Tags CONSUMER = new Tags("consumer");
    private static final Tags PROVIDER = new Tags("provider");
    private static final Tags SERVICE = new Tags("service");
    private static final Tags SCHEMA_VERSION = new Tags("schemaVersion");
    private static final Tags MEDIA_TYPE = new Tags("payloadMediaType");
    private static final Tags PLAIN_DIGEST = new Tags("plainPayloadDigest");
    private static final byte[] ACTOR = ascii("<env:actor assurance=\"");
    private static final byte[] ACTOR_KIND = ascii("\" kind=\"");
    private static final byte[] TAG_ENDS = ascii("\">");
    private static final Tags ACTOR_ID = new Tags("id");
    private static final Tags ASSERTION_DIGEST = new Tags("assertionDigest");
    private static final byte[] ACTOR_ENDS = ascii("</env:actor>");
    private static final Tags REPRESENTED = new Tags("representedParty");
    private static final Tags CASE_REFERENCE = new Tags("caseReference");
    private static final Tags PURPOSE = new Tags("purpose");
    private static final Tags LEGAL_BASIS = new Tags("legalBasis");
    private static final Tags CHANNEL = new Tags("channel");
    private static final Tags LOCALE = new Tags("locale");
    private static final Tags PRIORITY = new Tags("priority");
    private static final Tags ISSUED = new Tags("issued");
    private static final Tags EXPIRES = new Tags("expires");
    private static final Tags IDEMPOTENCY_KEY = new Tags("idempotencyKey");
    private static final byte[] REGISTRY = ascii("<env:registry state=\"");
    private static final byte[] REGISTRY_VERSION = ascii("\" version=\"");
    private static final byte[] REGISTRY_ENDS = ascii("\"></env:registry>");
    private static final byte[] IN_REPLY_TO = ascii("<env:inReplyTo>");
    private static final Tags HEADER_DIGEST = new Tags("headerDigest");
    private static final Tags PAYLOAD_DIGEST = new Tags("payloadDigest");
    private static final byte[] IN_REPLY_TO_ENDS = ascii("</env:inReplyTo>");
    private static final byte[] EVENT = ascii("<env:event sequence=\"");
    private static final byte[] EVENT_SOURCE = ascii("\" source=\"");
    private static final byte[] EVENT_ENDS = ascii("\"></env:event>");

    /** The schema's bound on an event's number. */
    private static final int MAX_SEQUENCE_DIGITS = 15;

    /** The schema's bound on a registry's version. */
    private static final int MAX_VERSION_DIGITS = 18;

    private final TemplateCursor cursor;

    private HeaderTemplate(byte[] octets) {
        this.cursor = new TemplateCursor(octets);
    }

    /** An element that holds text alone. */
    private record Tags(byte[] start, byte[] end) {
        Tags(String name) {
            this(ascii("<env:" + name + ">"), ascii("</env:" + name + ">"));
        }
    }

    /** The header. */
    static Header read(byte[] octets) throws NotByTemplate {
        try {
            Header header = new HeaderTemplate(octets).read();
            if (HeaderRules.broken(header).isPresent()) {
                throw new NotByTemplate();
            }
            return header;
        } catch (IllegalArgumentException | DateTimeException e) {
            // Why, is said by who reads in full.
            throw new NotByTemplate();
        }
    }

    private Header read() throws NotByTemplate {
        cursor.expect(START);
        UUID messageId = uuid(required(MESSAGE_ID));
        String correlationId = required(CORRELATION_ID);
        MessageKind kind = MessageKind.valueOf(required(KIND));
        SubsystemId sender = SubsystemId.parse(required(SENDER));
        SubsystemId consumer = SubsystemId.parse(required(CONSUMER));
        SubsystemId provider = SubsystemId.parse(required(PROVIDER));
        ServiceId service = ServiceId.parse(required(SERVICE));
        String schemaVersion = required(SCHEMA_VERSION);
        String mediaType = required(MEDIA_TYPE);
        String plainDigest = optional(PLAIN_DIGEST);
        Actor actor = actor();
        String represented = optional(REPRESENTED);
        String caseReference = optional(CASE_REFERENCE);
        Header header = new Header(
                messageId,
                correlationId,
                kind,
                sender,
                consumer,
                provider,
                service,
                schemaVersion,
                mediaType,
                plainDigest,
                actor,
                represented,
                caseReference,
                required(PURPOSE),
                required(LEGAL_BASIS),
                required(CHANNEL),
                required(LOCALE),
                Priority.valueOf(required(PRIORITY)),
                TemplateText.instant(required(ISSUED)),
                TemplateText.instant(required(EXPIRES)),
                optional(IDEMPOTENCY_KEY),
                registry(),
                inReplyTo(),
                event());
        cursor.expect(END);
        cursor.end();
        return header;
    }

    private Actor actor() throws NotByTemplate {
        cursor.expect(ACTOR);
        AssuranceLevel assurance = AssuranceLevel.valueOf(cursor.value());
        cursor.expect(ACTOR_KIND);
        ActorKind kind = ActorKind.valueOf(cursor.value());
        cursor.expect(TAG_ENDS);
        Actor actor = new Actor(kind, assurance, required(ACTOR_ID), optional(ASSERTION_DIGEST));
        cursor.expect(ACTOR_ENDS);
        return actor;
    }

    private @Nullable RegistryReference registry() throws NotByTemplate {
        if (!cursor.passes(REGISTRY)) {
            return null;
        }
        RegistryReference.State state = RegistryReference.State.valueOf(cursor.value());
        cursor.expect(REGISTRY_VERSION);
        String digits = cursor.value();
        cursor.expect(REGISTRY_ENDS);
        long version = Long.parseLong(digits);
        if (digits.length() > MAX_VERSION_DIGITS || !Long.toString(version).equals(digits)) {
            throw new NotByTemplate();
        }
        return new RegistryReference(version, state);
    }

    private @Nullable InReplyTo inReplyTo() throws NotByTemplate {
        if (!cursor.passes(IN_REPLY_TO)) {
            return null;
        }
        InReplyTo request =
                new InReplyTo(uuid(required(MESSAGE_ID)), required(HEADER_DIGEST), required(PAYLOAD_DIGEST));
        cursor.expect(IN_REPLY_TO_ENDS);
        return request;
    }

    private @Nullable EventSequence event() throws NotByTemplate {
        if (!cursor.passes(EVENT)) {
            return null;
        }
        String digits = cursor.value();
        cursor.expect(EVENT_SOURCE);
        UUID source = uuid(cursor.value());
        cursor.expect(EVENT_ENDS);
        long number = Long.parseLong(digits);
        if (digits.length() > MAX_SEQUENCE_DIGITS || !Long.toString(number).equals(digits)) {
            throw new NotByTemplate();
        }
        return new EventSequence(number, source);
    }

    private String required(Tags tags) throws NotByTemplate {
        cursor.expect(tags.start());
        String value = cursor.value();
        cursor.expect(tags.end());
        return value;
    }

    private @Nullable String optional(Tags tags) throws NotByTemplate {
        if (!cursor.passes(tags.start())) {
            return null;
        }
        String value = cursor.value();
        cursor.expect(tags.end());
        return value;
    }

    /** Java's reader takes shorter groups and capital letters too. */
    private static UUID uuid(String text) throws NotByTemplate {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equals(text)) {
            throw new NotByTemplate();
        }
        return uuid;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
