package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.system.WaslProcess.Ended;

/** The command line as people and scripts use it: through the launcher, by its exit codes and its output. */
@ExtendWith(SharedNode.class)
class CommandLineIT {

    private static final Path SAMPLES = WaslProcess.ROOT.resolve("schemas/src/main/resources/org/wasl/schemas/samples");
    private static final Path REGISTER = WaslProcess.ROOT.resolve("../shared/corpora/civil-register-nl/persons.ndjson");
    private static final Pattern ARABIC = Pattern.compile("\\p{IsArabic}{2}");
    private static final Duration RECOVERY = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Edges edges;
    private final DataDirectory directory;
    private final String data;

    @TempDir
    Path scratch;

    CommandLineIT(WaslProcess node) {
        edges = new Edges(node);
        directory = node.directory();
        data = directory.root().toString();
    }

    @Test
    void help_throughTheLauncher_isGivenInBothLanguages() throws Exception {
        // Each command's own help is looked at by CommandLineTest, without a process for each.
        List<String> commands = List.of("", "demo", "container verify", "payments reconcile");
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<Ended>> helps = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                List<String> arguments = new ArrayList<>(
                        commands.get(i).isEmpty()
                                ? List.of()
                                : List.of(commands.get(i).split(" ", -1)));
                arguments.add("--help");
                // Every other one in Arabic: each takes a second.
                if (i % 2 == 0) {
                    arguments.addAll(List.of("--lang", "ar"));
                }
                helps.add(two.submit(() -> WaslProcess.run(Map.of(), arguments)));
            }
            for (int i = 0; i < commands.size(); i++) {
                Ended help = helps.get(i).get();
                assertThat(help.exitCode()).as(commands.get(i)).isZero();
                assertThat(help.errors()).as(commands.get(i)).isEmpty();
                assertThat(help.output()).contains(("wasl " + commands.get(i)).strip());
                assertThat(ARABIC.matcher(help.output()).find())
                        .as("%s in Arabic:%n%s", commands.get(i), help.output())
                        .isEqualTo(i % 2 == 0);
            }
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void commandLine_whenWrong_saysSoWithCodeTwo() throws Exception {
        assertThat(WaslProcess.run("nonsense").exitCode()).isEqualTo(2);
        assertThat(WaslProcess.run("container", "verify").exitCode()).isEqualTo(2);
        Ended nothing = WaslProcess.run();
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.errors()).contains("demo");
        Ended arabic = WaslProcess.run(Map.of("WASL_LANG", "ar"), List.of());
        assertThat(ARABIC.matcher(arabic.errors()).find()).isTrue();
    }

    @Test
    void commands_whenNoNodeRuns_saySoWithCodeThree() throws Exception {
        String empty = scratch.resolve("empty").toString();
        for (List<String> command : List.of(
                List.of("ask", "general-clearance", "nationalNumber=1"),
                List.of("connector", "list"),
                List.of("log", "verify"))) {
            List<String> arguments = new ArrayList<>(command);
            arguments.addAll(List.of("--json", "--data", empty));
            Ended ended = WaslProcess.run(Map.of(), arguments);
            assertThat(ended.exitCode()).as("%s", command).isEqualTo(3);
            assertThat(JSON.readTree(ended.output()).path("ok").asBoolean(true)).isFalse();
            assertThat(ended.errors()).contains(empty);
        }
    }

    @Test
    void up_whenTheDirectoryIsInUse_saysSoWithCodeThree() throws Exception {
        Ended second =
                WaslProcess.run("up", "--port", "0", "--agency-port", "0", "--management-port", "0", "--data", data);
        assertThat(second.exitCode()).isEqualTo(3);
        assertThat(second.errors()).contains(data);
    }

    @Test
    void container_isVerifiedAndATamperedCopyRefused() throws Exception {
        Path genuine = scratch.resolve("reply.asice");
        HttpResponse<byte[]> evidence = edges.get("officer", "/containers/" + replyId());
        assertThat(evidence.statusCode()).isEqualTo(200);
        Files.write(genuine, evidence.body());
        Ended verified = WaslProcess.run("container", "verify", genuine.toString(), "--data", data, "--json");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(JSON.readTree(verified.output()).path("genuine").asBoolean()).isTrue();
        Ended shown = WaslProcess.run("container", "show", genuine.toString(), "--json");
        assertThat(shown.exitCode()).isZero();
        assertThat(JSON.readTree(shown.output()).path("payload").asText()).contains("consolidated:answer");

        Path tampered = scratch.resolve("tampered.asice");
        Files.write(tampered, tampered(evidence.body()));
        Ended refused = WaslProcess.run("container", "verify", tampered.toString(), "--data", data, "--json");
        assertThat(refused.exitCode()).isEqualTo(1);
        JsonNode verdict = JSON.readTree(refused.output());
        assertThat(verdict.path("genuine").asBoolean(true)).isFalse();
        assertThat(verdict.path("code").asText()).isEqualTo("wasl.signature.payload-altered");
        Ended arabic = WaslProcess.run("container", "verify", tampered.toString(), "--data", data, "--lang", "ar");
        assertThat(arabic.exitCode()).isEqualTo(1);
        assertThat(arabic.output()).contains(verdict.path("code").asText());
        assertThat(ARABIC.matcher(arabic.output()).find()).isTrue();
        assertThat(WaslProcess.run(
                                "container", "verify", scratch.resolve("none").toString(), "--data", data)
                        .exitCode())
                .isEqualTo(3);
    }

    /** Another decision in the payload, with the zip's checksums made to fit: only the signature can tell. */
    private static byte[] tampered(byte[] container) throws IOException {
        byte[] payload = null;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if ("payload.xml".equals(entry.getName())) {
                    payload = zip.readAllBytes();
                }
            }
        }
        assertThat(payload).isNotNull();
        String genuine = new String(payload, StandardCharsets.ISO_8859_1);
        String altered = genuine.replace(">COMPLETE<", ">COMPLETF<");
        assertThat(altered).isNotEqualTo(genuine);
        String all = new String(container, StandardCharsets.ISO_8859_1);
        return all.replace(genuine, altered)
                .replace(checksum(genuine), checksum(altered))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The CRC-32 as it stands in a zip, one octet a character. */
    private static String checksum(String octets) {
        CRC32 crc = new CRC32();
        crc.update(octets.getBytes(StandardCharsets.ISO_8859_1));
        byte[] four = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .array();
        return new String(four, StandardCharsets.ISO_8859_1);
    }

    @Test
    void log_isVerifiedAndADamagedCopyRefusedByIndex() throws Exception {
        replyId();
        DataDirectory copy = new DataDirectory(scratch.resolve("copy"));
        for (String part : List.of("registry", "authority", "log")) {
            copy(directory.root().resolve(part), copy.root().resolve(part));
        }
        Ended intact =
                WaslProcess.run("log", "verify", "--json", "--data", copy.root().toString());
        assertThat(intact.exitCode()).as(intact.output() + intact.errors()).isZero();
        JsonNode verdict = JSON.readTree(intact.output());
        assertThat(verdict.path("intact").asBoolean()).isTrue();
        assertThat(verdict.path("signaturesVerified").asLong()).isPositive();
        assertThat(verdict.path("size").asLong()).isGreaterThan(3);

        flipOctet(copy.logDatabase(), 3);
        Ended damaged =
                WaslProcess.run("log", "verify", "--json", "--data", copy.root().toString());
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(JSON.readTree(damaged.output()).path("firstBadIndex").asLong(-1))
                .isEqualTo(3);
        assertThat(JSON.readTree(damaged.output()).path("damages").asLong()).isEqualTo(1);
        Ended arabic = WaslProcess.run(
                "log", "verify", "--lang", "ar", "--data", copy.root().toString());
        assertThat(arabic.exitCode()).isEqualTo(1);
        assertThat(arabic.output()).contains("3");
        assertThat(ARABIC.matcher(arabic.output()).find()).isTrue();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (!path.getFileName().toString().startsWith(".")) {
                    // What begins with a dot is being written: the next moment it has its own name.
                    Files.copy(path, target);
                }
            }
        }
    }

    /** Changes one bit of a container, as somebody who may write the database could. */
    private static void flipOctet(Path database, long index) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                PreparedStatement select =
                        connection.prepareStatement("SELECT container FROM log_payload WHERE idx = ?");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE log_payload SET container = ? WHERE idx = ?")) {
            select.setLong(1, index);
            byte[] container;
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                container = row.getBytes(1);
            }
            // More than one octet: packed octets may say the same thing in two ways.
            for (int at = container.length / 2; at < container.length / 2 + 16; at++) {
                container[at] ^= (byte) 0xFF;
            }
            update.setBytes(1, container);
            update.setLong(2, index);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void schema_whenTheDocumentIsBad_isNamedByPathAndRule() throws Exception {
        Path good = SAMPLES.resolve("justice-1.0/good/status-clear.xml");
        Path bad = SAMPLES.resolve("justice-1.0/bad/result-unknown.xml");
        Ended valid = WaslProcess.run("schema", "validate", good.toString());
        assertThat(valid.exitCode()).as(valid.output()).isZero();
        Ended both = WaslProcess.run("schema", "validate", good.toString(), bad.toString(), "--json");
        assertThat(both.exitCode()).isEqualTo(1);
        JsonNode results = JSON.readTree(both.output());
        assertThat(results.get(0).path("valid").asBoolean()).isTrue();
        assertThat(results.get(1).path("valid").asBoolean(true)).isFalse();
        JsonNode violation = results.get(1).path("violations").get(0);
        assertThat(violation.path("path").asText()).contains("result");
        assertThat(violation.path("rule").asText()).isNotBlank();
        assertThat(violation.path("line").asInt()).isPositive();
        Ended arabic = WaslProcess.run("schema", "validate", bad.toString(), "--lang", "ar");
        assertThat(arabic.exitCode()).isEqualTo(1);
        assertThat(ARABIC.matcher(arabic.output()).find()).isTrue();
    }

    @Test
    void connector_whenItsBackEndIsDown_failsItsCheck() throws Exception {
        Ended list = WaslProcess.run("connector", "list", "--json", "--data", data);
        assertThat(list.exitCode()).as(list.errors()).isZero();
        JsonNode connectors = JSON.readTree(list.output());
        // Those of the four agencies and of the packs.
        assertThat(connectors.size()).isGreaterThan(9);
        // One of each protocol.
        for (String name : List.of("person-record", "vehicle-record", "property-account", "conviction-status")) {
            Ended check = WaslProcess.run("connector", "check", name, "--json", "--data", data);
            assertThat(check.exitCode()).as(check.output()).isZero();
            assertThat(JSON.readTree(check.output()).path("passed").asBoolean()).isTrue();
        }
        assertThat(WaslProcess.run("connector", "check", "nonsense", "--data", data)
                        .exitCode())
                .isEqualTo(2);
        try {
            assertThat(WaslProcess.run("agencies", "stop", "PTAX", "--data", data)
                            .exitCode())
                    .isZero();
            Ended check = WaslProcess.run("connector", "check", "property-account", "--lang", "ar", "--data", data);
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(ARABIC.matcher(check.output()).find()).isTrue();
            Ended partial = ask("general-clearance", Personas.CLEAN);
            assertThat(partial.exitCode()).as(partial.output()).isEqualTo(4);
            assertThat(JSON.readTree(partial.output()).path("overall").asText()).isEqualTo("PARTIAL");
            Ended agencies = WaslProcess.run("agencies", "list", "--json", "--data", data);
            assertThat(agencies.exitCode()).isZero();
            assertThat(agencies.output()).contains("PTAX");
        } finally {
            Ended started = WaslProcess.run("agencies", "start", "PTAX", "--data", data);
            assertThat(started.exitCode()).as(started.errors()).isZero();
        }
        await("the tax directorate answers again")
                .atMost(RECOVERY)
                .until(() -> ask("general-clearance", Personas.CLEAN).exitCode() == 0);
    }

    @Test
    void payments_whenReconciled_tellByTheExitCodeWhetherAnythingDiffers() throws Exception {
        String day = LocalDate.now(ZoneId.of("Asia/Amman")).toString();
        Ended fits = WaslProcess.run("payments", "reconcile", "--day", day, "--json", "--data", data);
        assertThat(fits.exitCode()).as(fits.errors()).isZero();
        assertThat(JSON.readTree(fits.output()).path("differences")).isEmpty();

        String later = Instant.now().plusSeconds(600).toString();
        gateway(
                "PUT",
                "/orders/000000000000000001",
                "{\"amount\":\"1.250\",\"payBy\":\"" + later + "\",\"channels\":\"BANK\"}");
        gateway("POST", "/pay/000000000000000001", "{\"amountFils\":1250,\"channel\":\"BANK\"}");

        Ended differs = WaslProcess.run("payments", "reconcile", "--day", day, "--data", data, "--lang", "en");
        assertThat(differs.exitCode()).as(differs.errors()).isEqualTo(4);
        assertThat(differs.output())
                .contains("there is no such order", "000000000000000001", "1.250", "totals of the day");
        Ended arabic = WaslProcess.run("payments", "reconcile", "--day", day, "--data", data, "--lang", "ar");
        assertThat(arabic.exitCode()).isEqualTo(4);
        assertThat(arabic.output()).contains("دفعة لأمر غير موجود");
    }

    private void gateway(String method, String path, String body) throws Exception {
        String state = Files.readString(directory.root().resolve("node.json"));
        Matcher base = Pattern.compile("\"efawateercom.base-url\"\\s*:\\s*\"([^\"]+)\"")
                .matcher(state);
        assertThat(base.find()).isTrue();
        HttpRequest request = HttpRequest.newBuilder(URI.create(base.group(1) + path))
                .header(
                        "X-Api-Key",
                        Files.readString(directory.root().resolve("secrets").resolve("efawateercom.api-key"))
                                .strip())
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void ask_tellsByItsExitCodeHowCompleteTheAnswerIs() throws Exception {
        Ended complete = ask("general-clearance", Personas.CLEAN);
        assertThat(complete.exitCode())
                .as(complete.output() + complete.errors())
                .isZero();
        assertThat(JSON.readTree(complete.output()).path("decision").asText()).isEqualTo("CLEAR");
        Ended deferred = ask("no-conviction-certificate", Personas.DEFERRED);
        assertThat(deferred.exitCode()).isEqualTo(4);
        assertThat(JSON.readTree(deferred.output()).path("overall").asText()).isEqualTo("PENDING");
        Ended arabic = WaslProcess.run(
                "ask",
                "general-clearance",
                "nationalNumber=" + Personas.FINED.nationalNumber(),
                "--case",
                "C-2026-17",
                "--lang",
                "ar",
                "--data",
                data);
        assertThat(arabic.exitCode()).as(arabic.errors()).isZero();
        assertThat(ARABIC.matcher(arabic.output()).find()).isTrue();
        Ended refused = WaslProcess.run("ask", "general-clearance", "nationalNumber=1", "--json", "--data", data);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(JSON.readTree(refused.output()).path("code").asText()).isEqualTo("wasl.composite.input");
        Ended unknown = WaslProcess.run("ask", "nonsense", "--json", "--data", data);
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(WaslProcess.run("ask", "general-clearance", "--as", "nobody", "--data", data)
                        .exitCode())
                .isEqualTo(1);
        Ended token = WaslProcess.run("token", "citizen", "--data", data);
        assertThat(token.exitCode()).isZero();
        assertThat(token.output().strip().split("\\.", -1)).hasSize(3);
    }

    @Test
    void agencies_whenAForeignRegisterIsLoaded_answerForItsPeople() throws Exception {
        assumeTrue(Files.isRegularFile(REGISTER), "skipped: corpus civil-register-nl is absent");
        Ended loaded = WaslProcess.run("agencies", "load", "--civil", REGISTER.toString(), "--json", "--data", data);
        assertThat(loaded.exitCode()).as(loaded.output() + loaded.errors()).isZero();
        JsonNode report = JSON.readTree(loaded.output());
        assertThat(report.path("lines").asInt()).isEqualTo(1_176);
        assertThat(report.path("added").asInt()).isEqualTo(1_176);
        Ended again = WaslProcess.run("agencies", "load", "--civil", REGISTER.toString(), "--json", "--data", data);
        assertThat(JSON.readTree(again.output()).path("unchanged").asInt()).isEqualTo(1_176);
        String number;
        try (Stream<String> lines = Files.lines(REGISTER, StandardCharsets.UTF_8)) {
            number = JSON.readTree(lines.findFirst().orElseThrow())
                    .path("aNummer")
                    .asText();
        }
        HttpResponse<byte[]> person = edges.agency(
                Edges.COURT,
                "GET",
                Edges.PERSON + "?nationalNumber=" + number,
                "",
                "X-Road-Client",
                "JO/GOV/MOJ/case-system",
                "X-Road-Issue",
                "C-2026-17",
                "Wasl-Purpose",
                "COURT_CASE",
                "Wasl-Legal-Basis",
                "JO-LAW-9-2001");
        assertThat(person.statusCode())
                .as(new String(person.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        Path record = scratch.resolve("person.xml");
        Files.write(record, person.body());
        assertThat(Files.readString(record)).contains(number).contains("Ven-Van Roedelrode tot Broekzucht");
        Ended valid = WaslProcess.run("schema", "validate", record.toString());
        assertThat(valid.exitCode()).as(valid.output()).isZero();
        System.out.println("CommandLineIT: foreign register: " + report.path("added") + " added, "
                + report.path("refused") + " refused, " + report.path("remarks").size() + " remarks");
    }

    private Ended ask(String service, Personas about) throws Exception {
        return WaslProcess.run(
                "ask",
                service,
                "nationalNumber=" + about.nationalNumber(),
                "--case",
                "C-2026-17",
                "--json",
                "--data",
                data);
    }

    /** The signed answer to a question just asked. */
    private String replyId() throws Exception {
        HttpResponse<byte[]> answer = edges.portal(
                "POST",
                "/composites/general-clearance",
                "{\"nationalNumber\":\"" + Personas.CLEAN.nationalNumber() + "\"}",
                "Content-Type",
                "application/json",
                "Wasl-Case-Reference",
                "C-2026-17",
                "Authorization",
                edges.bearer("officer"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("Wasl-Reply-Id").orElseThrow();
    }
}
