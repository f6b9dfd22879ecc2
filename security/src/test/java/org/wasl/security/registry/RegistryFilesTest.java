package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.wasl.security.authority.TestAuthority.NOW;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.keys.KeyEntry;

class RegistryFilesTest {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KeyEntry signer = TestAuthority.signer("registry authority");
    private final List<Fault> alarms = new CopyOnWriteArrayList<>();
    private final List<Long> loaded = new CopyOnWriteArrayList<>();
    private final List<RegistryAge> ages = new CopyOnWriteArrayList<>();
    private final AtomicInteger mended = new AtomicInteger();
    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final List<RegistryFiles> open = new ArrayList<>();

    @TempDir
    private Path directory;

    RegistryFilesTest() throws GeneralSecurityException {}

    @AfterEach
    void close() {
        open.forEach(RegistryFiles::close);
    }

    @Test
    void reload_whenANewerVersionIsPublished_servesItAtOnce() throws Exception {
        publish(1);
        RegistryFiles files = open(SELDOM);
        publish(2);

        RegistryReload outcome = files.reload();

        assertThat(outcome).isInstanceOf(RegistryReload.Loaded.class);
        assertThat(files.get().version()).isEqualTo(2);
        assertThat(files.reload()).isInstanceOf(RegistryReload.Unchanged.class);
        assertThat(loaded).containsExactly(1L, 2L);
        assertThat(alarms).isEmpty();
    }

    @Test
    void look_whenANewerVersionIsPublished_servesItWithoutBeingAsked() throws Exception {
        publish(1);
        RegistryFiles files = open(Duration.ofMillis(100));

        publish(2);

        await().atMost(Duration.ofSeconds(10)).until(() -> files.get().version() == 2);
        assertThat(alarms).isEmpty();
    }

    @Test
    void reload_whenAnOlderVersionIsPublished_refusesItAndServesTheLast() throws Exception {
        publish(5);
        RegistryFiles files = open(SELDOM);
        publish(4);

        assertRefused(files, FaultCode.REGISTRY_ROLLBACK, "version 4 is older than version 5");
        assertThat(files.get().version()).isEqualTo(5);
    }

    @Test
    void reload_whenTheSameVersionHasOtherContent_refusesIt() throws Exception {
        publish(5);
        RegistryFiles files = open(SELDOM);
        publish(5, NOW.plusSeconds(99), signer);

        assertRefused(files, FaultCode.REGISTRY_ROLLBACK, "with other content");
    }

    @Test
    void open_whenRestartedOnAnOlderVersion_servesTheLastAcceptedOneAndRaisesTheAlarm() throws Exception {
        publish(5);
        open(SELDOM).close();
        publish(4);

        RegistryFiles restarted = open(SELDOM);

        assertThat(restarted.get().version()).isEqualTo(5);
        assertThat(alarms).extracting(Fault::code).containsExactly(FaultCode.REGISTRY_ROLLBACK);
    }

    @Test
    void open_whenWhatWasAcceptedIsGoneButItsVersionIsKnown_refusesTheOlderOne() throws Exception {
        publish(5);
        open(SELDOM).close();
        publish(4);
        Files.delete(directory.resolve("accepted/registry.xml"));

        assertThatThrownBy(() -> open(SELDOM)).isInstanceOfSatisfying(RegistryRefusedException.class, e -> assertThat(
                        e.fault().code())
                .isEqualTo(FaultCode.REGISTRY_ROLLBACK));
    }

    @Test
    void open_whenTheRememberedVersionIsDamaged_refusesToGuess() throws Exception {
        publish(5);
        open(SELDOM).close();
        Files.writeString(directory.resolve("accepted/version"), "five", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> open(SELDOM)).isInstanceOf(IOException.class);
    }

    @Test
    void reload_whenAnotherSigned_refusesItAndServesTheLast() throws Exception {
        publish(1);
        RegistryFiles files = open(SELDOM);
        publish(2, NOW.plusSeconds(60), TestAuthority.signer("registry authority"));

        assertRefused(files, FaultCode.REGISTRY_INVALID, "another than the pinned authority");
        assertThat(files.get().version()).isEqualTo(1);
    }

    @Test
    void reload_whenOneOctetIsAltered_refusesIt() throws Exception {
        publish(1);
        RegistryFiles files = open(SELDOM);
        Path file = directory.resolve("published/registry.xml");
        byte[] octets = Files.readAllBytes(file);
        octets[octets.length / 2] ^= 1;
        Files.write(file, octets);

        assertRefused(files, FaultCode.REGISTRY_INVALID, "signature");
    }

    @Test
    void reload_whenWellSignedButAgainstTheSchema_refusesItWithPathAndRule() throws Exception {
        publish(1);
        RegistryFiles files = open(SELDOM);
        write(
                "<registry xmlns=\"urn:wasl:registry:1\" instance=\"JO\" version=\"0\"/>"
                        .getBytes(StandardCharsets.UTF_8),
                signer);

        assertRefused(files, FaultCode.REGISTRY_INVALID, "registry");
        assertThat(files.lastRefused())
                .hasValueSatisfying(refused -> assertThat(refused.at()).isEqualTo(NOW));
    }

    @Test
    void reload_whenTheFilesAreGone_servesTheLastAndRaisesTheAlarmOnce() throws Exception {
        publish(1);
        RegistryFiles files = open(SELDOM);
        Files.delete(directory.resolve("published/registry.xml.p7s"));

        files.reload();
        files.reload();

        assertThat(alarms).hasSize(1);
        assertThat(files.get().version()).isEqualTo(1);
        publish(2);
        assertThat(files.reload()).isInstanceOf(RegistryReload.Loaded.class);
        assertThat(files.lastRefused()).isEmpty();
    }

    @Test
    void get_whenTheRegistryHasExpired_goesOnServingItAndValidityTells() throws Exception {
        publish(1, NOW.plusSeconds(-1), signer);

        Registry registry = open(SELDOM).get();

        assertThat(RegistryValidity.refusal(registry, NOW, Stage.AUTHORIZE).map(Fault::code))
                .contains(FaultCode.REGISTRY_EXPIRED);
        assertThat(RegistryValidity.refusal(registry, NOW.minusSeconds(2), Stage.AUTHORIZE))
                .isEmpty();
    }

    @Test
    void age_whenTheRegistryStatesAGrace_isThreefold() {
        Registry registry = new Registry(
                "JO",
                7,
                NOW.minusSeconds(3600),
                NOW,
                Duration.ofMinutes(10),
                Trusted.anchors(List.of()),
                List.of(),
                List.of());

        assertThat(RegistryValidity.age(registry, NOW.minusMillis(1))).isEqualTo(RegistryAge.CURRENT);
        assertThat(RegistryValidity.age(registry, NOW)).isEqualTo(RegistryAge.GRACE);
        assertThat(RegistryValidity.refusal(registry, NOW.plusSeconds(599), Stage.AUTHORIZE))
                .isEmpty();
        assertThat(RegistryValidity.age(registry, NOW.plusSeconds(600))).isEqualTo(RegistryAge.EXPIRED);
        assertThat(RegistryValidity.refusal(registry, NOW.plusSeconds(600), Stage.AUTHORIZE))
                .hasValueSatisfying(fault -> assertThat(fault.detail()).contains("its grace is over"));
    }

    @Test
    void reload_whenANewVersionIsDatedInTheFuture_takesItOnceItsTimeHasCome() throws Exception {
        publish(1);
        RegistryFiles files = open(SELDOM);
        publishIssued(2, NOW.plusSeconds(90));

        assertRefused(files, FaultCode.REGISTRY_NOT_YET_VALID, "is issued only at");
        assertThat(files.get().version()).isEqualTo(1);
        time.set(NOW.plusSeconds(31));

        assertThat(files.reload()).isInstanceOf(RegistryReload.Loaded.class);
        assertThat(files.get().version()).isEqualTo(2);
    }

    @Test
    void reload_whenANewVersionHasExpiredAlready_refusesItAndServesTheLast() throws Exception {
        publish(1);
        RegistryFiles files = open(SELDOM);
        publish(2, NOW.minusSeconds(1), signer);

        assertRefused(files, FaultCode.REGISTRY_EXPIRED, "version 2");
        assertThat(files.get().version()).isEqualTo(1);
        assertThat(RegistryValidity.refusal(files.get(), NOW, Stage.AUTHORIZE)).isEmpty();
    }

    @Test
    void look_whenARefusedVersionStays_raisesTheAlarmOnceAndHearsOfTheMending() throws Exception {
        publish(5);
        RegistryFiles files = open(Duration.ofMillis(100));
        publish(4);
        await().atMost(PATIENCE).until(() -> files.lastRefused().isPresent());

        publish(5);

        await().atMost(PATIENCE).until(() -> files.lastRefused().isEmpty());
        assertThat(alarms).hasSize(1);
        assertThat(mended).hasValue(1);
    }

    @Test
    void look_whenTheRegistryAges_tellsEachAgeOnce() throws Exception {
        publishGrace(1, NOW.plusSeconds(60), Duration.ofSeconds(60));
        open(Duration.ofMillis(100));

        time.set(NOW.plusSeconds(61));
        await().atMost(PATIENCE).until(() -> ages.contains(RegistryAge.GRACE));
        time.set(NOW.plusSeconds(121));
        await().atMost(PATIENCE).until(() -> ages.contains(RegistryAge.EXPIRED));
        assertThat(ages).containsExactly(RegistryAge.GRACE, RegistryAge.EXPIRED);
    }

    @Test
    void look_whenAVersionIsPublished_isInForceWithinASecond() throws Exception {
        publish(1);
        RegistryFiles files = open(Duration.ofMillis(300));
        for (int version = 2; version < 5; version++) {
            long published = version;
            publish(published);

            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(1))
                    .until(() -> files.get().version() == published);
        }
    }

    @Test
    void stamp_ofUnchangedFiles_costsLittle() throws Exception {
        publish(1);
        Path published = directory.resolve("published");
        FilesStamp first = FilesStamp.of(published);
        int looks = 5_000;
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < looks; i++) {
            assertThat(FilesStamp.of(published)).isEqualTo(first);
        }
        long micros = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1_000 / looks;

        LoggerFactory.getLogger(getClass()).warn("a look costs {} µs of processor time", micros);
        // At three looks a second, less than one part in a hundred of one core, by far.
        assertThat(micros).isLessThan(3_000);
    }

    @Test
    void open_whenThereIsNoRegistry_saysWhy() {
        assertThatThrownBy(() -> open(SELDOM))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void get_whenReloadedUnderLoad_neverFailsNorGoesBack() throws Exception {
        publish(1);
        RegistryFiles files = open(SELDOM);
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(4);
        List<Future<Long>> reads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            reads.add(readers.submit(() -> readUntil(stop, files)));
        }

        for (int version = 2; version <= 30; version++) {
            if (version % 3 == 0) {
                publish(1);
                files.reload();
            }
            publish(version);
            assertThat(files.reload()).isInstanceOf(RegistryReload.Loaded.class);
        }
        stop.set(true);

        readers.shutdown();
        assertThat(readers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        for (Future<Long> read : reads) {
            assertThat(read.get()).isPositive();
        }
        assertThat(files.get().version()).isEqualTo(30);
    }

    private static long readUntil(AtomicBoolean stop, RegistryFiles files) {
        long reads = 0;
        long highest = 0;
        while (!stop.get()) {
            long version = files.get().version();
            assertThat(version).isGreaterThanOrEqualTo(highest);
            highest = version;
            reads++;
        }
        return reads;
    }

    private void assertRefused(RegistryFiles files, FaultCode code, String detail) {
        RegistryReload outcome = files.reload();
        assertThat(outcome).isInstanceOf(RegistryReload.Refused.class);
        Fault fault = ((RegistryReload.Refused) outcome).fault();
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.detail()).contains(detail);
        assertThat(alarms).containsExactly(fault);
    }

    private RegistryFiles open(Duration interval) throws IOException {
        RegistrySource source =
                new RegistrySource(directory.resolve("published"), directory.resolve("accepted"), interval);
        RegistryListener listener = new RegistryListener() {
            @Override
            public void loaded(Registry registry) {
                loaded.add(registry.version());
            }

            @Override
            public void refused(Fault fault) {
                alarms.add(fault);
            }

            @Override
            public void mended(Registry registry) {
                mended.incrementAndGet();
            }

            @Override
            public void aged(Registry registry, RegistryAge age) {
                ages.add(age);
            }
        };
        Clock clock = new SettableClock(time);
        RegistryFiles files = RegistryFiles.open(source, signer.certificate(), XML, clock, listener);
        open.add(files);
        return files;
    }

    private void publish(long version) throws IOException, GeneralSecurityException {
        publish(version, NOW.plusSeconds(60), signer);
    }

    private void publish(long version, Instant expires, KeyEntry by) throws IOException, GeneralSecurityException {
        Registry registry =
                new Registry("JO", version, NOW.minusSeconds(3600), expires, List.of(), List.of(), List.of());
        write(RegistryXml.write(registry), by);
    }

    private void publishIssued(long version, Instant issued) throws IOException, GeneralSecurityException {
        write(
                RegistryXml.write(
                        new Registry("JO", version, issued, issued.plusSeconds(3600), List.of(), List.of(), List.of())),
                signer);
    }

    private void publishGrace(long version, Instant expires, Duration grace)
            throws IOException, GeneralSecurityException {
        write(
                RegistryXml.write(new Registry(
                        "JO",
                        version,
                        NOW.minusSeconds(3600),
                        expires,
                        grace,
                        Trusted.anchors(List.of()),
                        List.of(),
                        List.of())),
                signer);
    }

    private void write(byte[] octets, KeyEntry by) throws IOException, GeneralSecurityException {
        new SignedRegistry(octets, RegistrySignature.sign(octets, by.key(), by.certificate()))
                .write(directory.resolve("published"));
    }

    /** Stands at an instant until it is set to another. */
    private static final class SettableClock extends Clock {

        private final AtomicReference<Instant> time;

        SettableClock(AtomicReference<Instant> time) {
            this.time = time;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time.get();
        }
    }
}
