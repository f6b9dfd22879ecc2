package org.wasl.bench.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.RegistryXml;

/**
 * Really signed requests and their replies, to be logged. A reply's payload is random octets, so that nothing that a
 * store saves is saved on payloads.
 */
final class SampleContainers {

    /** Octets of a reply's payload. */
    static final int PAYLOAD_OCTETS = 2_048;

    private static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");
    private static final ServiceId LIFE_STATUS = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    private static final MemberId PORTAL = WEB.member();
    private static final MemberId CSPD = LIFE_STATUS.member();

    private final AsicContainerSigner signer = new AsicContainerSigner();
    private final Random random = new Random(5);
    private final SigningKey consumer;
    private final SigningKey provider;

    /**
     * @param directory where keys are made
     */
    SampleContainers(Path directory) throws IOException, GeneralSecurityException {
        TrustFiles trust = new TrustFiles(directory);
        new DemoAuthority(
                        trust,
                        new RegistryXml(SchemaCatalogue.load()),
                        DemoAuthority.EXAMPLE_PUBLICATION,
                        Clock.systemUTC())
                .establish(DemoRegistry.draft());
        MemberKeys keys = Pkcs12MemberKeys.load(trust.keys(), trust.secrets(), Set.of(PORTAL, CSPD));
        consumer = keys.messageKey(PORTAL).orElseThrow();
        provider = keys.messageKey(CSPD).orElseThrow();
    }

    /** What the provider's log takes of this many exchanges: each request as received, and its reply as sent. */
    List<LogEntry> exchanges(int count) {
        List<LogEntry> entries = new ArrayList<>(2 * count);
        for (int i = 0; i < count; i++) {
            String person = Long.toString(9_000_000_000L + random.nextInt(1_000_000_000));
            Container request = signer.sign(
                    header(MessageKind.REQUEST, null, null),
                    PayloadXml.query(Map.of("nationalNumber", person)),
                    consumer);
            byte[] record = new byte[PAYLOAD_OCTETS];
            random.nextBytes(record);
            Container reply =
                    signer.sign(header(MessageKind.REPLY, request.header(), request.asInReplyTo()), record, provider);
            entries.add(entry(request, Direction.RECEIVED, person));
            entries.add(entry(reply, Direction.SENT, person));
        }
        return entries;
    }

    /** Octets of this entry's payload. */
    static int payloadOctets(LogEntry entry) {
        // Requests are small: their payload is a salt and one number.
        return entry.kind() == MessageKind.REPLY ? PAYLOAD_OCTETS : REQUEST_PAYLOAD_OCTETS;
    }

    private static final int REQUEST_PAYLOAD_OCTETS = PayloadXml.query(Map.of("nationalNumber", "9000000000")).length;

    /** The same message once more, under ids of its own; its container keeps the old ones. */
    static LogEntry renamed(LogEntry entry, UUID id, UUID requestId) {
        return new LogEntry(
                entry.member(),
                entry.direction(),
                entry.at(),
                id,
                requestId.toString(),
                entry.kind(),
                entry.sender(),
                entry.consumer(),
                entry.provider(),
                entry.service(),
                entry.purpose(),
                entry.actor(),
                entry.inReplyTo() == null ? null : requestId,
                entry.expires(),
                entry.subject() + id,
                entry.fault(),
                entry.container(),
                entry.evidence());
    }

    private static LogEntry entry(Container container, Direction direction, String person) {
        Header header = container.header();
        return new LogEntry(
                CSPD,
                direction,
                header.issued(),
                header.messageId(),
                header.correlationId(),
                header.kind(),
                header.sender(),
                header.consumer(),
                header.provider(),
                header.service(),
                header.purpose(),
                header.actor().id(),
                header.inReplyTo() == null ? null : header.inReplyTo().messageId(),
                header.expires(),
                person,
                null,
                container.octets());
    }

    private static Header header(MessageKind kind, @Nullable Header request, @Nullable InReplyTo inReplyTo) {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        boolean asks = kind == MessageKind.REQUEST;
        return new Header(
                id,
                request == null ? id.toString() : request.correlationId(),
                kind,
                asks ? WEB : LIFE_STATUS.subsystem(),
                WEB,
                LIFE_STATUS.subsystem(),
                LIFE_STATUS,
                "1.0",
                asks ? "application/xml" : "application/octet-stream",
                new Actor(
                        ActorKind.CITIZEN,
                        AssuranceLevel.HIGH,
                        "citizen-" + id.toString().substring(0, 8),
                        null),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                now,
                now.plusSeconds(60),
                null,
                inReplyTo);
    }
}
