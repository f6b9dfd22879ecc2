package org.wasl.bench.micro;

import java.io.IOException;
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
import org.wasl.bench.exchange.SigningMode;
import org.wasl.bench.exchange.SlowKeys;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryListener;
import org.wasl.security.registry.RegistryXml;

/** A real authority, registry, key and message, as a node has them, in a temporary directory. */
final class BenchFixture implements AutoCloseable {

    private static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    private static final SubsystemId COMPOSER = PORTAL.subsystem("composer");
    private static final ServiceId LIFE_STATUS = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    private static final int PAYLOAD_OCTETS = 2_048;

    private final RegistryFiles files;
    private final TrustFiles trust;
    final Path directory;
    final AsicContainerSigner signer = new AsicContainerSigner();
    final AsicContainerVerifier verifier;
    final CertificatePath path;
    final MemberKeys keys;
    final SigningKey key;
    final byte[] payload;

    BenchFixture() throws IOException, GeneralSecurityException {
        directory = Files.createTempDirectory("wasl-bench");
        SchemaCatalogue schemas = SchemaCatalogue.load();
        RegistryXml xml = new RegistryXml(schemas);
        trust = new TrustFiles(directory);
        new DemoAuthority(trust, xml, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC())
                .establish(DemoRegistry.draft());
        files = RegistryFiles.open(
                trust.registrySource(Duration.ofHours(1)),
                authority(trust.authorityCertificate()),
                xml,
                Clock.systemUTC(),
                RegistryListener.NONE);
        path = new CertificatePath(files.revocationLists());
        verifier = new AsicContainerVerifier(schemas, path);
        keys = Pkcs12MemberKeys.load(trust.keys(), trust.secrets(), Set.of(PORTAL, LIFE_STATUS.member()));
        key = keys.messageKey(PORTAL).orElseThrow();
        payload = PayloadXml.query(Map.of("nationalNumber", "9990045842", "padding", "x".repeat(PAYLOAD_OCTETS)));
    }

    private static X509Certificate authority(Path pem) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    Registry registry() {
        return files.get();
    }

    /** The same registry, by which short-term keys may sign too. */
    Registry granted(SlowKeys slow) throws IOException, GeneralSecurityException {
        return slow.grant(
                registry(), new Pki(trust, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC()), null, PORTAL);
    }

    /** Keys behind a limit, which issue short-term certificates. */
    SlowKeys slowKeys() {
        return new SlowKeys(SigningMode.SHORT_TERM, new Pkcs12Custody(trust.keys(), trust.secrets()));
    }

    /** Whose message is measured. */
    MemberId sender() {
        return PORTAL;
    }

    /** A header of a message of its own. */
    Header header() {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Header(
                id,
                id.toString(),
                MessageKind.REQUEST,
                COMPOSER,
                COMPOSER,
                LIFE_STATUS.subsystem(),
                LIFE_STATUS,
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
                now.plusSeconds(60),
                null,
                null);
    }

    @Override
    public void close() {
        files.close();
    }
}
