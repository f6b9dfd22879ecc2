package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.publication.CheckpointPublisher;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.RegistryFiles;

/** An operator who puts yesterday's copy of the log in today's place. */
class RestoredLogIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @TempDir
    Path root;

    @Test
    void exchanges_whenTheLogIsYesterdays_areRefusedUntilTheAuthorityNamesANewEpoch() throws Exception {
        DataDirectory directory = RunningNode.smallDirectory(root.resolve("data"));
        Path log = directory.root().resolve("log");
        Path yesterday = root.resolve("yesterday");
        NodeSettings settings = RunningNode.settings(directory);
        try (NodeProcess process = NodeProcess.start(settings)) {
            ask(directory, process, 2);
            covered(process);
        }
        copy(log, yesterday);
        try (NodeProcess process = NodeProcess.start(settings)) {
            ask(directory, process, 2);
            covered(process);
        }
        delete(log);
        copy(yesterday, log);

        try (NodeProcess process = NodeProcess.start(settings)) {
            RunningNode node = new RunningNode(directory, process.state());
            await().atMost(PATIENCE).until(() -> EvidenceFixture.text(EvidenceFixture.ask(node))
                    .contains(FaultCode.LOG_DISPUTED.wireCode()));
            assertThat(process.part(CheckpointPublisher.class).closed()).contains(FaultCode.LOG_DISPUTED);
            NoteKey key =
                    EvidenceFixture.logKey(process.part(RegistryFiles.class).get());
            String epoch = "<noteKey use=\"CHECKPOINT\" name=\"JO/GOV/PORTAL/2\" validFrom=\""
                    + INSTANT.format(key.validFrom())
                    + "\" validTo=\"" + INSTANT.format(key.validTo()) + "\">"
                    + Base64.getEncoder().encodeToString(key.key().getEncoded()) + "</noteKey>";

            EvidenceFixture.edit(
                    directory,
                    draft -> draft.replaceFirst(
                            "(?s)(<member id=\"JO/GOV/PORTAL\">.*?)(?=<subsystem )", "$1" + epoch + "\n    "));

            await().atMost(PATIENCE).until(() -> EvidenceFixture.ask(node).statusCode() == 200);
            assertThat(process.part(CheckpointPublisher.class).state().origin()).contains("JO/GOV/PORTAL/2");
            try (Stream<Path> earlier = Files.walk(directory.earlierPublications())) {
                assertThat(earlier.filter(file -> file.endsWith("checkpoint"))).hasSize(1);
            }
        }
    }

    private static void ask(DataDirectory directory, NodeProcess process, int times) throws Exception {
        RunningNode node = new RunningNode(directory, process.state());
        for (int i = 0; i < times; i++) {
            // A busy machine may take longer than a caller waits.
            await().atMost(PATIENCE).until(() -> EvidenceFixture.ask(node).statusCode() == 200);
        }
    }

    private static void covered(NodeProcess process) {
        long size = process.part(MessageLog.class).size();
        await().atMost(PATIENCE)
                .until(() -> process.part(CheckpointPublisher.class).state().covered() >= size);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
