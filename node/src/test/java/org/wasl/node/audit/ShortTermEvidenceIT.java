package org.wasl.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** Evidence of an exchange that both sides signed by keys whose certificates lived for an hour, two days ago. */
class ShortTermEvidenceIT {

    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();
    private static final Clock THEN = Clock.offset(Clock.systemUTC(), Duration.ofDays(-2));
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
        world = EvidenceWorld.shortTerm(root, new RegistryXml(SCHEMAS), Duration.ofHours(1), THEN);
        request = world.request();
        reply = world.reply(request);
        world.log(request, EvidenceWorld.COURT, Direction.SENT);
        world.log(request, EvidenceWorld.CIVIL, Direction.RECEIVED);
        world.log(reply, EvidenceWorld.CIVIL, Direction.SENT);
        world.log(reply, EvidenceWorld.COURT, Direction.RECEIVED);
        world.publish();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static EvidenceExport exporter() throws Exception {
        return new EvidenceExport(SCHEMAS, new CertificatePath(world.lists()), world.registries(), world.authority());
    }

    private static EvidenceExport.Bundle export() throws Exception {
        try (LogSource log = world.open()) {
            return exporter().export(log, request.header().messageId()).orElseThrow();
        }
    }

    @Test
    void export_whenTheCertificatesHaveLongEnded_holdsInEveryPoint() throws Exception {
        assertThat(world.keys()
                        .messageKey(EvidenceWorld.CIVIL)
                        .orElseThrow()
                        .certificate()
                        .getNotAfter())
                .isBefore(Instant.now().minus(Duration.ofDays(1)));

        EvidenceExport.Bundle bundle = export();

        assertThat(bundle.checks()).allMatch(check -> check.outcome() == Outcome.HOLDS, "holds");
        assertThat(OtherBundle.read(bundle.zip()).text("SHA256SUMS"))
                .contains(" certificates/authority-", " certificates/JO.GOV.CSPD-", " evidence/");
    }

    @Test
    void export_whenTheCertificatesHaveLongEnded_verifiesByForeignTools() throws Exception {
        for (String tool : List.of("bash", "openssl", "xmlsec1", "unzip", "python3")) {
            assumeTrue(installed(tool), "ShortTermEvidenceIT skipped: " + tool + " is not installed");
        }
        Path zip = Files.write(directory.resolve("bundle.zip"), export().zip());

        Said said = run("bash", SCRIPT.toString(), zip.toString());

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("verify-bundle: every tampered copy was refused");
    }

    /** As of then: there is no time-stamp in a baseline-B signature by which DSS could know when it was made. */
    @Test
    void export_whenItsContainersArePutToEuDssAsOfThen_allPassWithoutStatusOfTheLeaves() throws Exception {
        Path dss = Path.of("..", "security", "target", "dss");
        assumeTrue(
                Files.isRegularFile(dss.resolve("classpath")),
                "ShortTermEvidenceIT skipped: the tests of security were not built, which bring EU DSS");
        Path zip = Files.write(directory.resolve("bundle.zip"), export().zip());

        Said said = run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(
                        File.pathSeparator,
                        dss.resolve("xmlsec.jar").toString(),
                        dss.resolveSibling("test-classes").toString(),
                        Files.readString(dss.resolve("classpath")).strip()),
                "org.wasl.security.container.DssProgram",
                zip.toString(),
                THEN.instant().toString());

        assertThat(said.text()
                        .lines()
                        .filter(line -> line.startsWith("containers/"))
                        .toList())
                .as(said.text())
                .hasSize(2)
                .allMatch(
                        line -> line.contains(" TOTAL_PASSED ") && line.contains(" XAdES-BASELINE-B ASiC-E 1 "),
                        "passes");
    }

    @Test
    void prove_whenTheCertificatesHaveLongEnded_provesAllFive() throws Exception {
        try (LogSource log = world.open()) {
            List<Check> answers = new DisputeAnswers(SCHEMAS, exporter(), world.registries())
                    .answer(log, request.header().messageId(), reply.payload(), null)
                    .orElseThrow();

            assertThat(answers).hasSize(5).allMatch(answer -> answer.outcome() == Outcome.HOLDS, "holds");
        }
    }

    private record Said(int exit, String text) {}

    private Said run(String... command) throws Exception {
        File said = directory.resolve("said.txt").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        return new Said(process.exitValue(), Files.readString(said.toPath(), StandardCharsets.UTF_8));
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
