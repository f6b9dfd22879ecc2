package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.messagelog.erasure.ErasureRecord;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.data.DataDirectory;

/** A running node erases what the registry's retention or an operator says, and nothing else. */
class ErasureIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SERVICE = "JO/GOV/DVLD/fines/fines-of-person/v1";

    @Test
    void erase_whenOrderedOrDue_leavesLeavesAndNothingOfThePerson(@TempDir Path root, @TempDir Path staging)
            throws Exception {
        DataDirectory directory = new DataDirectory(root);
        directory.create();
        Files.writeString(
                root.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 60\n  retention:\n    interval: 1s\n");
        try (NodeProcess process = NodeProcess.start(RunningNode.settings(directory))) {
            RunningNode node = new RunningNode(directory, process.state());
            JsonNode answer = node.composite(
                    "officer", "general-clearance", Map.of("nationalNumber", Personas.CLEAN.nationalNumber()));
            assertThat(answer.path("overall").asText()).isNotEqualTo("FAILED");

            StagedRegistry next = StagedRegistry.copyOf(root, staging);
            next.draft(draft -> draft.replaceFirst("(<service code=\"fines-of-person\")", "$1 retention=\"PT1S\""));
            next.publish(root);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows(directory))
                    .filteredOn(LogRow::erased)
                    .isNotEmpty());
            assertThat(rows(directory))
                    .filteredOn(LogRow::erased)
                    .allSatisfy(row -> assertThat(row.leaf().service()).isEqualTo(SERVICE));

            HttpResponse<byte[]> refused = erase(node, "officer", Personas.CLEAN.nationalNumber());
            assertThat(refused.statusCode()).isEqualTo(403);
            HttpResponse<byte[]> done = erase(node, "operator", Personas.CLEAN.nationalNumber());
            assertThat(done.statusCode()).isEqualTo(200);
            assertThat(new ObjectMapper()
                            .readTree(done.body())
                            .path("containers")
                            .asInt())
                    .isGreaterThan(5);

            List<LogRow> rows = rows(directory);
            assertThat(rows)
                    .filteredOn(row -> row.leaf().correlationId() != null)
                    .allSatisfy(row -> assertThat(row.payload()).isNull())
                    .allSatisfy(row -> assertThat(row.subjectHash()).isNull());
            assertThat(rows)
                    .filteredOn(row -> ErasureRecord.PURPOSE.equals(row.leaf().purpose()))
                    .hasSizeGreaterThan(1);
        }
        assertThat(new String(Files.readAllBytes(directory.logDatabase()), StandardCharsets.ISO_8859_1))
                .doesNotContain(Personas.CLEAN.nationalNumber());
    }

    private static HttpResponse<byte[]> erase(RunningNode node, String user, String number) throws Exception {
        return node.portal(
                user,
                "POST",
                "/log/erasures",
                "{\"subject\":\"" + number + "\",\"reason\":\"ordered by the court in C-2026-99\"}");
    }

    private static List<LogRow> rows(DataDirectory directory) throws Exception {
        List<LogRow> rows = new ArrayList<>();
        try (LogSource source = SqliteLogStore.openReadOnly(directory.logDatabase())) {
            source.scan(0, 1_000, rows::add);
        }
        return rows;
    }
}
