package org.wasl.security.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.KeyTerms;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.Pkcs12File;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.keys.StoredMemberKeys;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.EvidencePolicy;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.RegisteredWitness;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryListener;
import org.wasl.security.registry.RegistryRefusedException;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.TrustAnchor;

class DemoAuthorityTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");

    @TempDir
    private Path data;

    @Test
    void establish_whenFirstStarted_makesKeysThatTheRegistryBacks() throws Exception {
        Registry registry = establish(NOW);
        TrustFiles files = new TrustFiles(data);
        Set<MemberId> members =
                Set.copyOf(registry.members().stream().map(Member::id).toList());
        assertThat(members).hasSize(5);
        Pkcs12MemberKeys keys = Pkcs12MemberKeys.load(files.keys(), files.secrets(), members);

        try (RegistryFiles registryFiles = open(files, NOW)) {
            CertificatePath path = new CertificatePath(registryFiles.revocationLists());
            for (MemberId member : members) {
                assertThat(path.refusal(
                                registryFiles.get(),
                                member,
                                CertificateUse.MESSAGE,
                                keys.messageKey(member).orElseThrow().certificate(),
                                NOW))
                        .isEmpty();
                X509Certificate client = pem(files.client(member).resolve("cert.pem"));
                assertThat(path.refusal(registryFiles.get(), member, CertificateUse.TLS, client, NOW))
                        .isEmpty();
                assertThat(registryFiles.get().owner(client)).contains(member);
            }
        }
    }

    @Test
    void establish_whenFirstStarted_keepsSecretsToTheOwner() throws Exception {
        establish(NOW);

        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                boolean isPublic = name.equals("cert.pem")
                        || name.equals("ca.pem")
                        || name.endsWith(".crl")
                        || name.startsWith("registry.xml")
                        || (file.startsWith(data.resolve("authority")) && name.endsWith(".pem"));
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(isPublic ? "rw-r--r--" : "rw-------");
            }
        }
    }

    @Test
    void establish_whenCalledAgain_changesNothingButTheRevocationLists() throws Exception {
        establish(NOW);
        Map<String, String> before = digests();

        establish(NOW.plus(Duration.ofDays(1)));

        assertThat(digests()).isEqualTo(before);
    }

    @Test
    void establish_whenServicesCameWithALaterRelease_addsWhatTheirEvidenceNeeds() throws Exception {
        Registry before = establish(NOW);

        Registry after = serving(9001).establish(DemoRegistry.draft());

        assertThat(before.evidence()).isEmpty();
        assertThat(after.version()).isEqualTo(before.version() + 1);
        EvidencePolicy evidence = after.evidence().orElseThrow();
        assertThat(evidence.witnessing().orElseThrow().quorum()).isEqualTo(2);
        assertThat(evidence.timeStamping().orElseThrow().address()).hasToString("http://127.0.0.1:9000/tsa");
        assertThat(after.anchors()).extracting(TrustAnchor::use).contains(CertificateUse.TIMESTAMP);
        assertThat(after.witnesses())
                .extracting(witness -> String.valueOf(witness.address()))
                .contains("http://127.0.0.1:9001/CSPD")
                .hasSize(5);
        TrustFiles files = new TrustFiles(data);
        try (RegistryFiles registry = open(files, NOW);
                StoredMemberKeys keys = StoredMemberKeys.open(
                        new Pkcs12Custody(files.keys(), files.secrets()),
                        Set.of(CSPD),
                        registry,
                        new KeyTerms(false, List.of(), Duration.ofHours(1), Duration.ZERO),
                        Clock.fixed(NOW, ZoneOffset.UTC))) {
            assertThat(after.witnesses())
                    .extracting(RegisteredWitness::key)
                    .contains(keys.witnessKey(CSPD).orElseThrow().publicKey())
                    .doesNotContain(keys.checkpointKey(CSPD).orElseThrow().publicKey());
        }
        assertThat(serving(9001).establish(DemoRegistry.draft()).version()).isEqualTo(after.version());
    }

    @Test
    void establish_whenTheWitnessesMove_listsTheSameKeysAtTheNewPlace() throws Exception {
        Registry before = serving(9001).establish(DemoRegistry.draft());

        Registry after = serving(9002).establish(DemoRegistry.draft());

        assertThat(after.witnesses())
                .extracting(RegisteredWitness::key)
                .isEqualTo(
                        before.witnesses().stream().map(RegisteredWitness::key).toList());
        assertThat(after.witnesses())
                .allSatisfy(witness -> assertThat(witness.address()).hasPort(9002));
    }

    @Test
    void establish_whenTheDraftAsksForOtherEvidence_takesThat() throws Exception {
        String draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8)
                .replaceFirst(
                        "  <member ",
                        "  <evidence><witnessing quorum=\"3\" alarmAfter=\"PT1S\" refuseAfter=\"PT2S\"/></evidence>\n"
                                + "  <member ");

        Registry registry = serving(9001).establish(draft.getBytes(StandardCharsets.UTF_8));

        EvidencePolicy evidence = registry.evidence().orElseThrow();
        assertThat(evidence.witnessing())
                .contains(new EvidencePolicy.Witnessing(3, Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(evidence.timeStamping()).isPresent();
    }

    @Test
    void establish_whenTheRegistryIsHalfThroughItsTime_publishesTheNextVersion() throws Exception {
        Registry first = establish(NOW);

        Registry second = establish(NOW.plus(Duration.ofDays(60)));

        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.expires()).isAfter(first.expires());
        try (RegistryFiles files = open(new TrustFiles(data), NOW.plus(Duration.ofDays(60)))) {
            assertThat(files.get().version()).isEqualTo(2);
        }
    }

    @Test
    void establish_whenCertificatesAreAboutToEnd_renewsThemAndKeepsTheOldOnesRegistered() throws Exception {
        Registry first = establish(NOW);

        Registry second = establish(NOW.plus(Duration.ofDays(700)));

        assertThat(first.member(CSPD).orElseThrow().certificates()).hasSize(3);
        assertThat(second.member(CSPD).orElseThrow().certificates())
                .hasSize(6)
                .containsAll(first.member(CSPD).orElseThrow().certificates());
    }

    @Test
    void establish_whenAnEncryptionKeyIsReplaced_keepsTheOldOneForWhatWasEncryptedToIt() throws Exception {
        List<RegisteredCertificate> old = encryption(establish(NOW));

        List<RegisteredCertificate> both = encryption(establish(NOW.plus(Duration.ofDays(700))));

        assertThat(old).hasSize(1);
        assertThat(both).hasSize(2).containsAll(old);
        MemberKeys keys =
                Pkcs12MemberKeys.load(data.resolve("keys"), new SecretFiles(data.resolve("secrets")), Set.of(CSPD));
        for (RegisteredCertificate registered : both) {
            assertThat(registered.certificate().getKeyUsage()[4]).isTrue();
            assertThat(registered.certificate().getKeyUsage()[0]).isFalse();
            String digest =
                    CryptoProvider.chosen().sha256Hex(registered.certificate().getEncoded());
            assertThat(keys.decryptionKey(digest))
                    .hasValueSatisfying(key -> assertThat(key.certificate()).isEqualTo(registered.certificate()));
        }
    }

    private static List<RegisteredCertificate> encryption(Registry registry) {
        return registry.member(CSPD).orElseThrow().certificates().stream()
                .filter(registered -> registered.use() == CertificateUse.ENCRYPTION)
                .toList();
    }

    @Test
    void establish_whenTheDraftChanges_publishesTheNextVersion() throws Exception {
        establish(NOW);
        String draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8)
                .replace("perMinute=\"600\"", "perMinute=\"5\"");

        Registry registry = authority(NOW).establish(draft.getBytes(StandardCharsets.UTF_8));

        assertThat(registry.version()).isEqualTo(2);
    }

    @Test
    void establish_whenThePublishedRegistryIsLost_neverGivesAVersionTwice() throws Exception {
        establish(NOW);
        Files.delete(data.resolve("registry/registry.xml"));

        assertThat(establish(NOW).version()).isEqualTo(2);
    }

    @Test
    void establish_whenTheDraftIsWrong_refusesAndSaysWhy() {
        byte[] draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8)
                .replace("JO/GOV/PORTAL/web\"", "JO/GOV/PORTAL/nobody\"")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> authority(NOW).establish(draft))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("unknown consumer");
    }

    @Test
    void establish_whenTheServerKeyIsRead_isForLocalHosts() throws Exception {
        establish(NOW);
        TrustFiles files = new TrustFiles(data);

        KeyEntry server = Pkcs12File.readKey(files.server(), files.secrets().read(TrustFiles.SERVER_SECRET));

        assertThat(server.certificate().getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(server.chain()).hasSize(2);
    }

    @Test
    void establish_whenCheckedByOpenssl_allVerifies() throws Exception {
        OpenSsl.assumeInstalled();
        establish(NOW);
        String at = Long.toString(NOW.getEpochSecond());

        OpenSsl.Outcome registry = OpenSsl.run(
                data,
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "registry/registry.xml.p7s",
                "-content",
                "registry/registry.xml",
                "-CAfile",
                "authority/registry-authority.pem",
                "-attime",
                at,
                "-out",
                "/dev/null");
        OpenSsl.Outcome client = OpenSsl.run(
                data,
                "verify",
                "-x509_strict",
                "-purpose",
                "sslclient",
                "-attime",
                at,
                "-CAfile",
                "clients/CSPD/ca.pem",
                "clients/CSPD/cert.pem");
        OpenSsl.Outcome key = OpenSsl.run(data, "pkey", "-in", "clients/CSPD/key.pem", "-check", "-noout");

        assertThat(registry.output()).contains("CMS Verification successful");
        assertThat(client.output()).contains("OK");
        assertThat(key.exit()).isZero();
    }

    private Registry establish(Instant at) throws Exception {
        return authority(at).establish(DemoRegistry.draft());
    }

    private DemoAuthority authority(Instant at) {
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        return new DemoAuthority(new TrustFiles(data), XML, DemoAuthority.EXAMPLE_PUBLICATION, clock);
    }

    private DemoAuthority serving(int witnessPort) {
        TrustFiles files = new TrustFiles(data);
        return new DemoAuthority(
                files,
                XML,
                DemoAuthority.EXAMPLE_PUBLICATION,
                new DemoServices(
                        URI.create("http://127.0.0.1:9000/"), URI.create("http://127.0.0.1:" + witnessPort + "/")),
                new Pkcs12Custody(files.keys(), files.secrets()),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static RegistryFiles open(TrustFiles files, Instant at) throws Exception {
        return RegistryFiles.open(
                files.registrySource(Duration.ofHours(1)),
                pem(files.authorityCertificate()),
                XML,
                Clock.fixed(at, ZoneOffset.UTC),
                RegistryListener.NONE);
    }

    private static X509Certificate pem(Path file) throws Exception {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private Map<String, String> digests() throws Exception {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".crl")) {
                    digests.put(file.toString(), digest(file));
                }
            }
        }
        return digests;
    }

    private static String digest(Path file) throws IOException, java.security.NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
