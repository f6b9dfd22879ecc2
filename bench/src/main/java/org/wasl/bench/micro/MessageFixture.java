package org.wasl.bench.micro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
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
import org.wasl.security.container.Coverage;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryListener;
import org.wasl.security.registry.RegistryXml;

/** One exchange's messages with a real authority, registry and keys, as nodes have them, in a temporary directory. */
final class MessageFixture implements AutoCloseable {

    static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    static final SubsystemId COMPOSER = PORTAL.subsystem("composer");
    static final ServiceId PERSON = ServiceId.parse("JO/GOV/CSPD/registry/person-record/v1");
    static final String SUBJECT = "9901012345";

    final SchemaCatalogue schemas = SchemaCatalogue.load();
    final AsicContainerSigner signer = new AsicContainerSigner();
    final CertificatePath path;
    final SigningKey portal;
    final SigningKey cspd;
    final byte[] person = sample("civil-1.0/good/person.xml");
    final Container request;
    final Container reply;
    final Container fault;
    private final RegistryFiles files;

    MessageFixture() throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory("wasl-bench");
        RegistryXml xml = new RegistryXml(schemas);
        TrustFiles trust = new TrustFiles(directory);
        new DemoAuthority(trust, xml, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC())
                .establish(DemoRegistry.draft());
        files = RegistryFiles.open(
                trust.registrySource(Duration.ofHours(1)),
                authority(trust.authorityCertificate()),
                xml,
                Clock.systemUTC(),
                RegistryListener.NONE);
        path = new CertificatePath(files.revocationLists());
        var keys = Pkcs12MemberKeys.load(trust.keys(), trust.secrets(), Set.of(PORTAL, PERSON.member()));
        portal = keys.messageKey(PORTAL).orElseThrow();
        cspd = keys.messageKey(PERSON.member()).orElseThrow();
        request = signer.sign(header(MessageKind.REQUEST, null), query(), portal);
        InReplyTo asked = request.asInReplyTo();
        reply = signer.sign(header(MessageKind.REPLY, asked), record(), cspd);
        Fault none = new Fault(FaultCode.RECORD_NOT_FOUND, Stage.CONNECTOR, "JO/GOV/CSPD", "there is no such record");
        fault = signer.sign(header(MessageKind.FAULT, asked), PayloadXml.fault(none), cspd);
    }

    byte[] query() {
        return PayloadXml.query(Map.of("nationalNumber", SUBJECT));
    }

    byte[] record() {
        return PayloadXml.record(person, Instant.now(), Coverage.COMPLETE);
    }

    Registry registry() {
        return files.get();
    }

    /** A header of a message of its own. */
    Header header(MessageKind kind, @Nullable InReplyTo inReplyTo) {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Header(
                id,
                id.toString(),
                kind,
                kind == MessageKind.REQUEST ? COMPOSER : PERSON.subsystem(),
                COMPOSER,
                PERSON.subsystem(),
                PERSON,
                "1.0",
                "application/xml",
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "bench", null),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                now,
                now.plusSeconds(3_600),
                null,
                inReplyTo);
    }

    static byte[] sample(String name) throws IOException {
        try (InputStream in = SchemaCatalogue.class.getResourceAsStream("samples/" + name)) {
            if (in == null) {
                throw new IOException("the schemas lack the sample " + name);
            }
            return in.readAllBytes();
        }
    }

    private static X509Certificate authority(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
