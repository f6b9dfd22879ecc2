package org.wasl.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.store.LogSource;
import org.wasl.node.audit.Check.Outcome;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.container.Container;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.RegistryXml;

/** A bundle of one exchange, checked by the commands that stand in it, and disputes about it. */
class EvidenceBundleIT {

    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();
    private static final Path SCRIPT = Path.of(System.getProperty("wasl.root"), ".ci", "verify-bundle");
    private static final long PATIENCE_MINUTES = 5;

    @TempDir
    private static Path root;

    private static EvidenceWorld world;
    private static Container request;
    private static Container reply;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeALog() throws Exception {
        world = EvidenceWorld.make(root, new RegistryXml(SCHEMAS));
        request = world.request();
        reply = world.reply(request);
        world.log(request, EvidenceWorld.COURT, Direction.SENT);
        world.log(request, EvidenceWorld.CIVIL, Direction.RECEIVED);
        world.log(reply, EvidenceWorld.CIVIL, Direction.SENT);
        world.log(reply, EvidenceWorld.COURT, Direction.RECEIVED);
        // Others' messages stand around it, and after it.
        world.log(world.request(), EvidenceWorld.COURT, Direction.SENT);
        world.publish();
        world.log(world.request(), EvidenceWorld.COURT, Direction.SENT);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private EvidenceExport exporter() throws Exception {
        return new EvidenceExport(SCHEMAS, new CertificatePath(world.lists()), world.registries(), world.authority());
    }

    private EvidenceExport.Bundle export(UUID id) throws Exception {
        try (LogSource log = world.open()) {
            return exporter().export(log, id).orElseThrow();
        }
    }

    @Test
    void export_whenCosignedAndStamped_verifiesByForeignToolsAndTamperedCopiesDoNot() throws Exception {
        for (String tool : List.of("bash", "openssl", "xmlsec1", "unzip", "python3")) {
            assumeTrue(installed(tool), "EvidenceBundleIT skipped: " + tool + " is not installed");
        }
        EvidenceExport.Bundle bundle = export(request.header().messageId());
        assertThat(bundle.checks()).allMatch(check -> check.outcome() == Outcome.HOLDS, "holds");
        Path zip = Files.write(directory.resolve("bundle.zip"), bundle.zip());
        File said = directory.resolve("said.txt").toFile();

        Process process = new ProcessBuilder("bash", SCRIPT.toString(), zip.toString())
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();

        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(said.toPath(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text)
                .contains("verify-bundle: refused, as it must be: one octet of checkpoint/time-stamp.tst")
                .contains("verify-bundle: every tampered copy was refused");
    }

    @Test
    void export_whenItsContainersArePutToEuDss_allPass() throws Exception {
        Path dss = Path.of("..", "security", "target", "dss");
        assumeTrue(
                Files.isRegularFile(dss.resolve("classpath")),
                "EvidenceBundleIT skipped: the tests of security were not built, which bring EU DSS");
        Path zip = Files.write(
                directory.resolve("bundle.zip"),
                export(request.header().messageId()).zip());
        File said = directory.resolve("said.txt").toFile();
        String classes = String.join(
                File.pathSeparator,
                dss.resolve("xmlsec.jar").toString(),
                dss.resolveSibling("test-classes").toString(),
                Files.readString(dss.resolve("classpath")).strip());

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        "org.wasl.security.container.DssProgram",
                        zip.toString())
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();

        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(said.toPath(), StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> line.startsWith("containers/")).toList())
                .as(text)
                .hasSize(2)
                .allMatch(
                        line -> line.contains(" TOTAL_PASSED ") && line.contains(" XAdES-BASELINE-B ASiC-E 1 "),
                        "passes");
    }

    @Test
    void export_whenAskedTwice_givesTheSameFilesButForThePdf() throws Exception {
        List<String> first = sums(export(request.header().messageId()));
        // The answer's id leads to the same request; only the statement names what was asked for.
        List<String> second = sums(export(request.header().messageId()));

        assertThat(second).isEqualTo(first).hasSizeGreaterThan(20);
    }

    private static List<String> sums(EvidenceExport.Bundle bundle) throws IOException {
        return OtherBundle.read(bundle.zip())
                .text("SHA256SUMS")
                .lines()
                .filter(line -> !line.endsWith("statement.pdf"))
                .toList();
    }

    @Test
    void export_whenTheLogHasNothing_isEmpty() throws Exception {
        try (LogSource log = world.open()) {
            assertThat(exporter().export(log, UUID.randomUUID())).isEmpty();
        }
    }

    @Test
    void export_whenErased_saysSoAndStillProves() throws Exception {
        EvidenceWorld other = world.beside(Files.createDirectories(directory.resolve("erased")));
        Container asked = other.request();
        other.log(asked, EvidenceWorld.COURT, Direction.SENT);
        other.erase(0);
        other.publish();
        try (LogSource log = other.open()) {
            EvidenceExport.Bundle bundle = new EvidenceExport(
                            SCHEMAS, new CertificatePath(other.lists()), other.registries(), other.authority())
                    .export(log, asked.header().messageId())
                    .orElseThrow();

            assertThat(outcome(bundle.checks(), "leaves.included")).isEqualTo(Outcome.HOLDS);
            assertThat(outcome(bundle.checks(), "checkpoint.stamped")).isEqualTo(Outcome.HOLDS);
            assertThat(outcome(bundle.checks(), "messages.genuine")).isEqualTo(Outcome.UNKNOWN);
            assertThat(OtherBundle.read(bundle.zip()).text("statement.json")).contains("erased");
        }
    }

    @Test
    void export_whenNothingIsPublishedYet_saysWhatIsMissing() throws Exception {
        UUID last = world.lastId();

        EvidenceExport.Bundle bundle = export(last);

        assertThat(outcome(bundle.checks(), "messages.genuine")).isEqualTo(Outcome.HOLDS);
        assertThat(outcome(bundle.checks(), "leaves.included")).isEqualTo(Outcome.UNKNOWN);
        assertThat(OtherBundle.read(bundle.zip()).text("VERIFY.md")).contains("There is no checkpoint yet");
    }

    @Test
    void prove_whenItIsTheReplysPayload_provesAllFive() throws Exception {
        assertThat(prove(reply.payload(), null)).allMatch(answer -> answer.outcome() == Outcome.HOLDS, "holds");
    }

    @Test
    void prove_whenItIsAnotherDocument_saysNo() throws Exception {
        byte[] altered = reply.payload().clone();
        altered[altered.length / 2] ^= 1;

        List<Check> answers = prove(altered, null);

        assertThat(outcome(answers, "document")).isEqualTo(Outcome.FAILS);
        assertThat(outcome(answers, "sent")).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void prove_whenTheOtherSidesLogIsElsewhere_takesTheirBundle() throws Exception {
        EvidenceWorld ours = world.beside(Files.createDirectories(directory.resolve("ours")));
        Container asked = ours.request();
        Container answer = ours.reply(asked);
        ours.log(asked, EvidenceWorld.CIVIL, Direction.RECEIVED);
        ours.log(answer, EvidenceWorld.CIVIL, Direction.SENT);
        ours.publish();
        EvidenceWorld theirs = world.beside(Files.createDirectories(directory.resolve("theirs")));
        theirs.log(asked, EvidenceWorld.COURT, Direction.SENT);
        theirs.log(answer, EvidenceWorld.COURT, Direction.RECEIVED);
        theirs.publish();
        byte[] bundle;
        try (LogSource log = theirs.open()) {
            bundle = exporter()
                    .export(log, asked.header().messageId())
                    .orElseThrow()
                    .zip();
        }
        try (LogSource log = ours.open()) {
            DisputeAnswers disputes = new DisputeAnswers(SCHEMAS, exporter(), world.registries());
            UUID id = asked.header().messageId();

            assertThat(outcome(disputes.answer(log, id, answer.octets(), null).orElseThrow(), "received"))
                    .isEqualTo(Outcome.UNKNOWN);
            assertThat(outcome(disputes.answer(log, id, answer.octets(), bundle).orElseThrow(), "received"))
                    .isEqualTo(Outcome.HOLDS);
        }
    }

    private List<Check> prove(byte[] document, byte @Nullable [] other) throws Exception {
        try (LogSource log = world.open()) {
            return new DisputeAnswers(SCHEMAS, exporter(), world.registries())
                    .answer(log, request.header().messageId(), document, other)
                    .orElseThrow();
        }
    }

    private static Outcome outcome(List<Check> checks, String id) {
        Optional<Check> found =
                checks.stream().filter(check -> check.id().equals(id)).findFirst();
        return found.orElseThrow().outcome();
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
