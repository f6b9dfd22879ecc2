package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.DssValidation;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.TestWorld;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/** Short-term keys from a slow key: how often that one is asked, how they are renewed, and what others make of them. */
class ShortTermMemberKeysTest {

    private static final TestWorld MESSAGES = TestWorld.withKeys("EC");
    private static final int PER_SECOND = 100;
    private static final Duration LIFE = Duration.ofHours(4);

    @TempDir
    private Path directory;

    private final ShortTermWorld world;
    private final MovableClock clock;
    private Registry registry;
    private LimitedCustody slow;
    private StoredMemberKeys stored;
    private ShortTermMemberKeys keys;

    ShortTermMemberKeysTest() throws Exception {
        world = new ShortTermWorld();
        clock = new MovableClock(world.now);
        registry = world.registry(null, List.of(), List.of());
    }

    /** A clock that a test sets. */
    private static final class MovableClock extends Clock {
        private volatile Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("instants only");
        }
    }

    @AfterEach
    void close() {
        if (keys != null) {
            keys.close();
        }
        if (stored != null) {
            stored.close();
        }
    }

    private HeldKey open(KeyCustody custody, Duration life) throws Exception {
        slow = new LimitedCustody(custody, PER_SECOND);
        HeldKey issuing = custody.generate(
                TestWorld.PORTAL, CertificateUse.MESSAGE_ISSUER, key -> List.of(world.certify(TestWorld.PORTAL, key)));
        registry = world.registry(null, List.of(world.right(issuing.certificate())), List.of());
        stored = StoredMemberKeys.open(
                slow,
                Set.of(TestWorld.PORTAL),
                () -> registry,
                new KeyTerms(false, List.of(), Duration.ofHours(1), Duration.ZERO),
                clock);
        keys = ShortTermMemberKeys.open(
                stored, () -> registry, new ShortTermTerms(Set.of(TestWorld.PORTAL), life, Duration.ofHours(1)), clock);
        return issuing;
    }

    private Pkcs12Custody files() {
        return new Pkcs12Custody(directory.resolve("keys"), new SecretFiles(directory.resolve("secrets")));
    }

    private SigningKey key() {
        return keys.messageKey(TestWorld.PORTAL).orElseThrow();
    }

    private ShortTermState state() {
        return keys.states().get(0);
    }

    private Container message(SigningKey key) {
        return new AsicContainerSigner()
                .sign(MESSAGES.header(MessageKind.REQUEST, "application/xml"), TestWorld.utf8("<x>وصل</x>"), key);
    }

    /** The promise: a token of 100 signatures a second signs one certificate, however many messages there are. */
    @Test
    void sign_byATokenOfSoftHsmBehindALimit_asksItOnceACertificateAndNotOnceAMessage() throws Exception {
        Pkcs11Custody token = new Pkcs11Custody(SoftHsm.emptied().open());
        HeldKey strict = token.generate(
                TestWorld.PORTAL,
                CertificateUse.MESSAGE,
                key -> List.of(MESSAGES.authority.issue("PORTAL messages", key, 365)));
        open(token, LIFE);
        assertThat(slow.signed).hasValue(1);

        int messages = 500;
        Set<X509Certificate> certificates = new HashSet<>();
        for (int i = 0; i < messages; i++) {
            SigningKey key = key();
            certificates.add(key.certificate());
            Container container = message(key);
            if (i % 100 == 0) {
                assertThat(TestWorld.verifier().verify(container.octets(), registry, world.now))
                        .isInstanceOf(ContainerVerdict.Genuine.class);
            }
        }
        assertThat(slow.signed).hasValue(1);
        assertThat(certificates).hasSize(1);

        SigningKey every = slow.signingKey(strict);
        for (int i = 0; i < 50; i++) {
            message(every);
        }
        assertThat(slow.signed).hasValue(51);
    }

    @Test
    void messageKey_whenItIsTimeToRenew_isANewOneLongBeforeTheOldOneEnds() throws Exception {
        open(files(), LIFE);
        SigningKey first = key();
        clock.now = world.now.plus(LIFE.multipliedBy(50).dividedBy(100));
        keys.look();
        assertThat(key()).isSameAs(first);

        clock.now = world.now.plus(LIFE.multipliedBy(76).dividedBy(100));
        keys.look();

        assertThat(key()).isNotSameAs(first);
        assertThat(slow.signed).hasValue(2);
        // Whoever took the old one just before still signs with it.
        assertThat(TestWorld.verifier().verify(message(first).octets(), registry, clock.now))
                .isInstanceOf(ContainerVerdict.Genuine.class);
        assertThat(state().issued()).isEqualTo(2);
        assertThat(state().level()).isEqualTo(ShortTermState.Level.GOOD);
    }

    @Test
    void messageKey_whenTheTokenIsAway_goesOnToItsEndAndThenIsUnavailable() throws Exception {
        open(files(), LIFE);
        SigningKey first = key();
        slow.away.set(true);

        clock.now = world.now.plus(LIFE.multipliedBy(76).dividedBy(100));
        keys.look();
        assertThat(key()).isSameAs(first);
        assertThat(first.sign(new byte[1])).hasSize(64);
        assertThat(state().level()).isEqualTo(ShortTermState.Level.WARNING);

        clock.now = world.now.plus(LIFE.multipliedBy(90).dividedBy(100));
        keys.look();
        assertThat(state().level()).isEqualTo(ShortTermState.Level.ALARM);
        assertThat(state().failure()).contains("away");

        clock.now = world.now.plus(LIFE);
        keys.look();
        assertThat(state().level()).isEqualTo(ShortTermState.Level.ENDED);
        assertThatThrownBy(() -> key().sign(new byte[1])).isInstanceOf(KeyUnavailableException.class);
        assertThatThrownBy(() -> key().certificate()).isInstanceOf(KeyUnavailableException.class);

        slow.away.set(false);
        keys.look();
        assertThat(key().sign(new byte[1])).hasSize(64);
        assertThat(state().level()).isEqualTo(ShortTermState.Level.GOOD);
    }

    @Test
    void messageKey_whenTheRegistryDoesNotGrantTheRight_isUnavailableUntilItDoes() throws Exception {
        HeldKey issuing = open(files(), LIFE);
        keys.close();
        Registry granting = registry;
        registry = world.registry(null, List.of(), List.of());
        keys = ShortTermMemberKeys.open(
                stored, () -> registry, new ShortTermTerms(Set.of(TestWorld.PORTAL), LIFE, Duration.ofHours(1)), clock);

        assertThatThrownBy(() -> key().certificate()).isInstanceOf(KeyUnavailableException.class);
        assertThat(state().level()).isEqualTo(ShortTermState.Level.ENDED);

        registry = granting;
        keys.look();
        assertThat(key().certificate().getIssuerX500Principal())
                .isEqualTo(issuing.certificate().getSubjectX500Principal());
    }

    @Test
    void messageKey_whenItsIssuerIsWithdrawnAndThereIsAnother_changesAtOnce() throws Exception {
        HeldKey old = open(files(), LIFE);
        HeldKey renewed = slow.generate(
                TestWorld.PORTAL, CertificateUse.MESSAGE_ISSUER, key -> List.of(world.certify(TestWorld.PORTAL, key)));
        stored.refresh();
        registry = world.registry(
                null,
                List.of(
                        world.right(old.certificate(), ShortTermWorld.ALLOWED, world.now),
                        world.right(renewed.certificate())),
                List.of());

        keys.look();

        assertThat(key().certificate().getIssuerX500Principal())
                .isEqualTo(renewed.certificate().getSubjectX500Principal());
    }

    @Test
    void messageKey_whenMoreIsWantedThanAllowed_livesAsLongAsAllowed() throws Exception {
        HeldKey issuing = open(files(), LIFE);
        keys.close();
        RegisteredCertificate right = world.right(issuing.certificate(), Duration.ofMinutes(10), null);
        registry = world.registry(null, List.of(right), List.of());
        keys = ShortTermMemberKeys.open(
                stored,
                () -> registry,
                new ShortTermTerms(Set.of(TestWorld.PORTAL), Duration.ofHours(24), Duration.ofHours(1)),
                clock);

        X509Certificate certificate = key().certificate();
        assertThat(Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                .isLessThanOrEqualTo(Duration.ofMinutes(10));
        assertThat(TestWorld.verifier().verify(message(key()).octets(), registry, clock.now))
                .isInstanceOf(ContainerVerdict.Genuine.class);
    }

    @Test
    void toString_always_tellsNoKey() throws Exception {
        open(files(), LIFE);

        assertThat(key().toString()).startsWith("short-term message key of JO/GOV/PORTAL until ");
    }

    @Test
    void validate_whenByEuDssWithoutRevocationOfTheLeaf_passesTotallyAsBaselineB() throws Exception {
        HeldKey issuing = open(files(), LIFE);

        String report = DssValidation.validateOver(
                message(key()).octets(),
                world.authority.certificate().getEncoded(),
                world.list().getEncoded(),
                issuing.certificate().getEncoded());

        assertThat(report).startsWith("TOTAL_PASSED XAdES-BASELINE-B ASiC-E 1\n");
    }

    @Test
    void verify_whenByXmlsec1WithTheIssuersCertificate_isOk() throws Exception {
        assumeTrue(isInstalled("xmlsec1"), "skipped: xmlsec1 is not installed");
        HeldKey issuing = open(files(), LIFE);
        unzip(message(key()));
        Files.writeString(directory.resolve("ca.pem"), pem(world.authority.certificate()));
        Files.writeString(directory.resolve("issuer.pem"), pem(issuing.certificate()));

        assertThat(xmlsec("--untrusted-pem", "issuer.pem")).startsWith("OK\n");
        assertThat(xmlsec("--untrusted-pem", "ca.pem")).contains("unable to get local issuer certificate");
    }

    /** The format stays as it is: no chain in the container, and its size within that of a certificate's difference. */
    @Test
    void sign_always_makesContainersOfAboutTheSameSize() throws Exception {
        open(files(), LIFE);

        int usual = message(MESSAGES.portalKey).octets().length;
        int shortTerm = message(key()).octets().length;

        assertThat(Math.abs(shortTerm - usual)).isLessThan(200);
    }

    private String xmlsec(String... untrusted) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        "xmlsec1",
                                        "--verify",
                                        "--id-attr:Id",
                                        "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
                                        "--trusted-pem",
                                        "ca.pem"),
                                Stream.concat(Stream.of(untrusted), Stream.of("META-INF/signatures.xml")))
                        .toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    private void unzip(Container container) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container.octets()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
    }

    private static String pem(X509Certificate certificate) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
