package org.wasl.messagelog;

import java.nio.file.Path;
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
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.RegistryXml;

/** Really signed requests and replies, as a provider's log takes them; replies carry random octets. */
public final class SignedMessages {

    public static final int PAYLOAD_OCTETS = 2_048;

    private static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");
    private static final ServiceId LIFE_STATUS = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    private static final MemberId CSPD = LIFE_STATUS.member();

    private final AsicContainerSigner signer = new AsicContainerSigner();
    private final Random random = new Random(5);
    private final SigningKey consumer;
    private final SigningKey provider;

    /** With keys that are made in this directory. */
    public SignedMessages(Path directory) throws Exception {
        TrustFiles trust = new TrustFiles(directory);
        new DemoAuthority(
                        trust,
                        new RegistryXml(SchemaCatalogue.load()),
                        DemoAuthority.EXAMPLE_PUBLICATION,
                        Clock.systemUTC())
                .establish(DemoRegistry.draft());
        MemberKeys keys = Pkcs12MemberKeys.load(trust.keys(), trust.secrets(), Set.of(WEB.member(), CSPD));
        consumer = keys.messageKey(WEB.member()).orElseThrow();
        provider = keys.messageKey(CSPD).orElseThrow();
    }

    /** One message: its container, what was signed, and the person it is about. */
    public record Message(Container container, byte[] payload, String person, Direction direction) {

        public LogEntry entry() {
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
    }

    /** So many requests, each followed by its reply. */
    public List<Message> exchanges(int count) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String person = Long.toString(9_000_000_000L + random.nextInt(1_000_000_000));
            byte[] query = PayloadXml.query(Map.of("nationalNumber", person));
            Container request = signer.sign(header(null, person), query, consumer);
            byte[] record = new byte[PAYLOAD_OCTETS];
            random.nextBytes(record);
            Container reply = signer.sign(header(request, person), record, provider);
            messages.add(new Message(request, query, person, Direction.RECEIVED));
            messages.add(new Message(reply, record, person, Direction.SENT));
        }
        return messages;
    }

    private static Header header(@Nullable Container request, String person) {
        UUID id = TimeOrderedId.next();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Header(
                id,
                request == null ? id.toString() : request.header().correlationId(),
                request == null ? MessageKind.REQUEST : MessageKind.REPLY,
                request == null ? WEB : LIFE_STATUS.subsystem(),
                WEB,
                LIFE_STATUS.subsystem(),
                LIFE_STATUS,
                "1.0",
                request == null ? "application/xml" : "application/octet-stream",
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "citizen-" + person, null),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                now,
                now.plusSeconds(60),
                null,
                request == null ? null : request.asInReplyTo());
    }
}
