package org.wasl.node.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryArchive;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryListener;
import org.wasl.security.registry.RegistryXml;

class ArchivedVersionsTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());
    private static final Instant FIRST =
            Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofHours(2));
    private static final Instant SECOND = FIRST.plus(Duration.ofHours(1));

    @TempDir
    Path directory;

    private RegistryFiles taken(Instant at, byte[] draft) throws Exception {
        TrustFiles files = new TrustFiles(directory);
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        new DemoAuthority(files, XML, DemoAuthority.EXAMPLE_PUBLICATION, clock).establish(draft);
        try (InputStream in = Files.newInputStream(files.authorityCertificate())) {
            X509Certificate authority =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return RegistryFiles.open(
                    files.registrySource(Duration.ofHours(1)), authority, XML, clock, RegistryListener.NONE);
        }
    }

    private static List<Long> versions(ArchivedVersions versions, Instant then) {
        return versions.inForce(then).stream().map(Registry::version).toList();
    }

    @Test
    void inForce_aroundAChange_areThoseThatMayHaveServed() throws Exception {
        byte[] draft = DemoRegistry.draft();
        taken(FIRST, draft).close();
        byte[] other = new String(draft, StandardCharsets.UTF_8)
                .replace("id=\"case-person\"", "id=\"case-person\" embargo=\"P30D\"")
                .getBytes(StandardCharsets.UTF_8);
        try (RegistryFiles files = taken(SECOND, other)) {
            long newer = files.get().version();
            ArchivedVersions versions = new ArchivedVersions(files.archive(), files);

            assertThat(newer).isGreaterThan(1);
            assertThat(versions(versions, SECOND.plus(Duration.ofMinutes(2)))).containsExactly(newer);
            assertThat(versions(versions, SECOND.plusSeconds(30)))
                    .endsWith(newer)
                    .hasSize(2);
            assertThat(versions(versions, SECOND.minusSeconds(1))).hasSize(1).doesNotContain(newer);
            assertThat(versions(versions, FIRST.minus(Duration.ofDays(1))))
                    .as("before the first there is the first")
                    .hasSize(1)
                    .doesNotContain(newer);
        }
    }

    @Test
    void inForce_whenAKeptVersionWasAltered_refuses() throws Exception {
        byte[] draft = DemoRegistry.draft();
        taken(FIRST, draft).close();
        try (RegistryFiles files = taken(SECOND, draft)) {
            long version = files.archive().versions().first();
            Path kept = directory.resolve("registry/versions/" + version + "/registry.xml");
            Files.writeString(kept, Files.readString(kept).replace("COURT_CASE", "COURT_CASES"));
            ArchivedVersions versions = new ArchivedVersions(
                    new RegistryArchive(directory.resolve("registry/versions"), authority(), XML), files);

            assertThatThrownBy(() -> versions.inForce(SECOND))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refusal -> assertThat(refusal.fault().code()).isEqualTo(FaultCode.REGISTRY_INVALID));
        }
    }

    private X509Certificate authority() throws Exception {
        try (InputStream in = Files.newInputStream(new TrustFiles(directory).authorityCertificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
