package org.wasl.routes.simulation;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.CompositeDeclarations;
import org.wasl.routes.exchange.TestAuthority;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.DocumentVerifier;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Quota;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;
import org.wasl.security.registry.Subsystem;
import org.wasl.security.registry.Trusted;

/** Who takes part, and the versions of the registry that there can be: made once, since none of it ever changes. */
final class Federation {

    static final SchemaCatalogue SCHEMAS = new RememberedSchemas();
    static final DocumentVerifier DOCUMENTS =
            new DocumentVerifier(new AsicContainerVerifier(SCHEMAS, new CertificatePath(RevocationLists.NONE)));
    static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    static final MemberId MOJ = MemberId.parse("JO/GOV/MOJ");
    static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    static final List<MemberId> MEMBERS = List.of(CSPD, MOJ, PORTAL);
    static final SubsystemId WEB = PORTAL.subsystem("web");
    static final SubsystemId COMPOSER = PORTAL.subsystem("composer");
    static final SubsystemId COURT = MOJ.subsystem("case-system");
    static final SubsystemId DESK = CSPD.subsystem("desk");
    static final ServiceId LIFE = CSPD.subsystem("registry").service("life-status", 1);
    static final ServiceId ATTACHMENTS = MOJ.subsystem("justice").service("attachments", 1);
    static final ServiceId CLEARANCE = COMPOSER.service("clearance", 1);
    static final String NODE = "n1";
    static final String PURPOSE = "GENERAL_CLEARANCE";
    static final String LEGAL_BASIS = "JO-BYLAW-CLEARANCE";

    /** The field that agreements do not release. */
    static final String KEPT_BACK = "identifier";

    static final CompositeDeclarations DECLARATIONS = CompositeDeclarations.read(Map.of("clearance", """
            service: JO/GOV/PORTAL/composer/clearance/v1
            name: {ar: براءة ذمة, en: Clearance}
            purpose: GENERAL_CLEARANCE
            legal-basis: JO-BYLAW-CLEARANCE
            deadline: PT6S
            stays-open: PT25S
            inputs:
              - name: nationalNumber
                label: {ar: الرقم الوطني, en: National number}
                pattern: "[0-9]{10}"
                subject: true
            steps:
              - id: life
                service: JO/GOV/CSPD/registry/life-status/v1
                label: {ar: الحياة, en: Life}
                parameters: {nationalNumber: request.nationalNumber}
                deadline: PT3S
                requires: exists(civil:status)
              - id: attachments
                service: JO/GOV/MOJ/justice/attachments/v1
                label: {ar: الحجوزات, en: Attachments}
                parameters: {nationalNumber: request.nationalNumber}
                deadline: PT4S
                requires: exists(justice:any)
            """));

    static final List<String> STEPS = List.of("life", "attachments");

    private static final Map<MemberId, Key> KEYS = keys();
    private static final Instant FROM = World.BEGIN.minus(Duration.ofDays(30));
    private static final Instant TO = World.BEGIN.plus(Duration.ofDays(300));

    /** All agreements, nobody compromised. */
    static final Registry WHOLE = registry(1, null, null);

    private Federation() {}

    private static final Map<String, Registry> VERSIONS = versions();

    /** The registry without agreements on this service, or in which this member's key is compromised; null for neither. */
    static Registry version(@Nullable ServiceId withdrawn, @Nullable MemberId compromised) {
        return VERSIONS.get(withdrawn + "|" + compromised);
    }

    private static Map<String, Registry> versions() {
        Map<String, Registry> versions = new LinkedHashMap<>();
        List<@Nullable ServiceId> services = new ArrayList<>(List.of(LIFE, ATTACHMENTS, CLEARANCE));
        services.add(null);
        List<@Nullable MemberId> members = new ArrayList<>(MEMBERS);
        members.add(null);
        long version = 2;
        for (ServiceId service : services) {
            for (MemberId member : members) {
                versions.put(service + "|" + member, registry(version++, service, member));
            }
        }
        versions.put("null|null", WHOLE);
        return versions;
    }

    /** The member's key, which signs nothing: containers are paper here. */
    record Key(MemberId member, X509Certificate certificate) implements SigningKey {

        @Override
        public String algorithm() {
            return "none";
        }

        @Override
        public byte[] sign(byte[] octets) {
            throw new UnsupportedOperationException("nothing is signed here");
        }
    }

    static Key key(MemberId member) {
        return KEYS.get(member);
    }

    private static Map<MemberId, Key> keys() {
        TestAuthority authority = new TestAuthority();
        Map<MemberId, Key> keys = new LinkedHashMap<>();
        for (MemberId member : MEMBERS) {
            KeyPair pair = TestAuthority.generate();
            keys.put(member, new Key(member, authority.issue(member.dotted(), pair.getPublic())));
        }
        return keys;
    }

    private static Registry registry(long version, @Nullable ServiceId withdrawn, @Nullable MemberId compromised) {
        List<Agreement> agreements = new ArrayList<>();
        for (Agreement agreement : List.of(
                agreement(WEB, LIFE, "lifeStatus/status"),
                agreement(COURT, LIFE, "lifeStatus/status"),
                agreement(COMPOSER, LIFE, "lifeStatus/status"),
                agreement(WEB, ATTACHMENTS, "attachments/any"),
                agreement(DESK, ATTACHMENTS, "attachments/any"),
                agreement(COMPOSER, ATTACHMENTS, "attachments/any"),
                agreement(WEB, CLEARANCE, "answer"))) {
            if (!agreement.service().equals(withdrawn)) {
                agreements.add(agreement);
            }
        }
        return new Registry(
                "JO",
                version,
                FROM,
                TO,
                Duration.ZERO,
                Trusted.anchors(List.of()),
                List.of(
                        member(CSPD, compromised, subsystem(LIFE, "urn:wasl:civil:1"), empty(DESK)),
                        member(MOJ, compromised, subsystem(ATTACHMENTS, "urn:wasl:justice:1"), empty(COURT)),
                        member(PORTAL, compromised, subsystem(CLEARANCE, "urn:wasl:consolidated:1"), empty(WEB))),
                agreements);
    }

    private static Agreement agreement(SubsystemId consumer, ServiceId service, String released) {
        return new Agreement(
                consumer.code() + "-" + service.code(),
                consumer,
                service,
                Map.of(PURPOSE, Set.of(LEGAL_BASIS)),
                List.of(ActorRule.unconditional(ActorKind.CITIZEN)),
                List.of(released),
                Quota.UNLIMITED,
                null,
                false,
                FROM,
                TO,
                null,
                null);
    }

    private static Member member(MemberId id, @Nullable MemberId compromised, Subsystem... subsystems) {
        RegisteredCertificate certificate = new RegisteredCertificate(
                CertificateUse.MESSAGE, KEYS.get(id).certificate(), FROM, TO, id.equals(compromised) ? FROM : null);
        return new Member(id, label(id.member()), List.of(NODE), List.of(certificate), List.of(subsystems));
    }

    private static Subsystem subsystem(ServiceId service, String namespace) {
        return new Subsystem(
                service.subsystem(),
                label(service.subsystem().code()),
                List.of(new Service(
                        service,
                        label(service.code()),
                        List.of(new Parameter("nationalNumber", true, Pattern.compile("[0-9]{10}"), true)),
                        namespace,
                        "1.0",
                        Set.of("GET"))));
    }

    private static Subsystem empty(SubsystemId id) {
        return new Subsystem(id, label(id.code()), List.of());
    }

    private static Label label(String name) {
        return new Label(name, name);
    }
}
