package org.wasl.security.container;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.TrustAnchor;

/** Two members with keys, an authority and a registry: all that a container needs. */
public final class TestWorld {

    public static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();
    public static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    public static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    public static final SubsystemId WEB = PORTAL.subsystem("web");
    public static final SubsystemId REGISTRY = CSPD.subsystem("registry");
    public static final ServiceId PERSON = REGISTRY.service("person-record", 1);

    public final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    public final TestAuthority authority = new TestAuthority("Message authority", now);
    public final TestKey portalKey;
    public final TestKey cspdKey;
    public final Registry registry;

    public static AsicContainerVerifier verifier() {
        return new AsicContainerVerifier(SCHEMAS, new CertificatePath(RevocationLists.NONE));
    }

    private TestWorld(String keyType) {
        portalKey = TestKey.of(PORTAL, authority, keyType);
        cspdKey = TestKey.of(CSPD, authority, keyType);
        registry = registry(registered(portalKey.certificate()), registered(cspdKey.certificate()));
    }

    public static TestWorld withKeys(String keyType) {
        return new TestWorld(keyType);
    }

    public RegisteredCertificate registered(X509Certificate certificate) {
        return new RegisteredCertificate(
                CertificateUse.MESSAGE,
                certificate,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(365)),
                null);
    }

    public Registry registry(RegisteredCertificate portal, RegisteredCertificate... cspd) {
        return registry(authority.certificate(), portal, cspd);
    }

    public Registry registry(X509Certificate anchor, RegisteredCertificate portal, RegisteredCertificate... cspd) {
        return new Registry(
                "JO",
                1,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(30)),
                List.of(new TrustAnchor(CertificateUse.MESSAGE, anchor, null)),
                List.of(
                        new Member(PORTAL, new Label("البوابة", "Portal"), List.of("n1"), List.of(portal), List.of()),
                        new Member(
                                CSPD,
                                new Label("الأحوال", "Civil status"),
                                List.of("n1"),
                                Arrays.asList(cspd),
                                List.of())),
                List.of());
    }

    public Header header(MessageKind kind, String mediaType) {
        InReplyTo request =
                kind.namesRequest() ? new InReplyTo(UUID.randomUUID(), "ab".repeat(32), "cd".repeat(32)) : null;
        SubsystemId sender =
                switch (kind) {
                    case REQUEST, CANCELLATION, DELIVERY -> WEB;
                    case REPLY, FAULT, EVENT, INTERIM -> REGISTRY;
                };
        return header(kind, sender, mediaType, request);
    }

    public Header header(MessageKind kind, SubsystemId sender, String mediaType, @Nullable InReplyTo inReplyTo) {
        return new Header(
                UUID.randomUUID(),
                "track-1",
                kind,
                sender,
                WEB,
                REGISTRY,
                PERSON,
                "1.0",
                mediaType,
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "opaque-7", "ef".repeat(32)),
                "represented-1",
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                now,
                now.plus(Duration.ofSeconds(30)),
                "key-1",
                inReplyTo);
    }

    public TestKey keyOf(Header header) {
        return header.sender().member().equals(PORTAL) ? portalKey : cspdKey;
    }

    public Container signed(Header header, byte[] payload) {
        return new AsicContainerSigner().sign(header, payload, keyOf(header));
    }

    public Container request() {
        return signed(header(MessageKind.REQUEST, "application/xml"), utf8("<x>وصل</x>"));
    }

    public ContainerVerdict verify(byte[] octets) {
        return verifier().verify(octets, registry, now);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
