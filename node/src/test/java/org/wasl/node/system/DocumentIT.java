package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.node.system.WaslProcess.Ended;
import org.wasl.security.authority.DemoRegistry;

/**
 * Documents of almost ten mebibytes over the real edges of a node whose heap would not hold those under way: declared by an
 * agency, asked for over {@code /r1}, fetched as evidence from {@code /containers}, verified offline.
 */
@Tag("long")
class DocumentIT {

    private static final int OCTETS = 10 * 1024 * 1024 - 64 * 1024;
    private static final int AT_ONCE = 12;
    private static final String HEAP = "176m";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN = "/r1/JO/GOV/PTAX/property/site-plan?parcel=";
    private static final String[] ALLOWED = {
        "X-Road-Client", "JO/GOV/MOJ/case-system",
        "X-Road-UserId", "judge-1",
        "X-Road-Issue", "case-2026-1",
        "Wasl-Purpose", "COURT_CASE",
        "Wasl-Legal-Basis", "JO-LAW-11-1954"
    };
    private static final String SERVICE = """
              <service code="site-plan" version="1" namespace="urn:wasl:document:1" schemaVersion="1.0">
                <name lang="ar">مخطط موقع</name>
                <name lang="en">Site plan</name>
                <parameter name="parcel" pattern="[0-9]{1,9}" subject="true"/>
              </service>
            </subsystem>
          </member>

          <member id="JO/GOV/MOJ">
        """;
    private static final String AGREEMENT = """
          <agreement id="court-site-plans" consumer="JO/GOV/MOJ/case-system" service="JO/GOV/PTAX/property/site-plan/v1" validFrom="2026-01-01T00:00:00.000Z" validTo="2036-01-01T00:00:00.000Z">
            <purpose code="COURT_CASE" legalBasis="JO-LAW-11-1954"/>
            <actor kind="OFFICER"/>
            <release path="document"/>
          </agreement>
        </registry>
        """;
    private static final String CONNECTOR = """
        connector: ptax-site-plan
        service: JO/GOV/PTAX/property/site-plan/v1
        description: The site plan of a parcel, as scanned
        parameters:
          parcel: '[0-9]{1,9}'
        rest:
          base: %s
          path: [plans, '{parcel}']
          header: X-Api-Key
          secret: ptax.plans
        document:
          media-types: [application/pdf]
          size: 10MiB
          not-found: /j:map/j:string[@key='error'] = 'NO_SUCH_PLAN'
        limits:
          timeout: 30s
          concurrent: 16
        sample:
          parcel: '7'
        """;

    @TempDir
    private static Path root;

    private static ScanServer scans;
    private static WaslProcess node;
    private static Edges edges;

    @BeforeAll
    static void start() throws Exception {
        scans = new ScanServer(OCTETS);
        Path data = Files.createDirectories(root.resolve("data"));
        write(data.resolve("authority/draft.xml"), withPlans(new String(DemoRegistry.draft(), StandardCharsets.UTF_8)));
        write(data.resolve("connectors/PTAX/site-plan.yaml"), CONNECTOR.formatted(scans.address()));
        write(data.resolve("secrets/ptax.plans"), ScanServer.key());
        write(data.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 60\n");
        node = WaslProcess.up(data, List.of(0, 0, 0), Map.of("WASL_HEAP", HEAP));
        edges = new Edges(node);
    }

    private static String withPlans(String draft) {
        String changed = draft.replaceFirst("(?s) *</subsystem>\\s*</member>\\s*<member id=\"JO/GOV/MOJ\">\\n", SERVICE)
                .replace("</registry>\n", AGREEMENT);
        assertThat(changed).contains("site-plan", "court-site-plans");
        return changed;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    @AfterAll
    static void stop() throws Exception {
        scans.close();
        if (node != null) {
            try (WaslProcess ending = node) {
                ending.stop();
            }
        }
    }

    private static HttpResponse<InputStream> ask(int parcel) throws Exception {
        return edges.stream(Edges.COURT, PLAN + parcel, ALLOWED);
    }

    @Test
    void document_whenManyAreAskedForAtOnce_isTheSameOctetsForEachAndNeverInTheHeap() throws Exception {
        ExecutorService askers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<String>> digests = new ArrayList<>();
            for (int i = 0; i < 2 * AT_ONCE; i++) {
                int parcel = i + 1;
                digests.add(askers.submit(() -> {
                    HttpResponse<InputStream> response = ask(parcel);
                    assertThat(response.statusCode()).isEqualTo(200);
                    try (InputStream document = response.body()) {
                        return ScanServer.digest(document);
                    }
                }));
            }
            for (int i = 0; i < digests.size(); i++) {
                assertThat(digests.get(i).get()).isEqualTo(scans.digest(i + 1));
            }
        } finally {
            askers.shutdownNow();
        }
        assertThat(node.said()).doesNotContain("OutOfMemoryError");
        try (Stream<Path> spooled = Files.list(node.directory().spool())) {
            assertThat(spooled).isEmpty();
        }
    }

    @Test
    void document_whenFetchedAsEvidence_isVerifiedOfflineAndHoldsTheSameOctets() throws Exception {
        HttpResponse<InputStream> response = ask(31);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(OCTETS);
        String id = response.headers().firstValue("Wasl-Reply-Id").orElseThrow();
        try (InputStream document = response.body()) {
            assertThat(ScanServer.digest(document)).isEqualTo(scans.digest(31));
        }
        Path container = root.resolve("plan.asice");
        try (InputStream octets = edges.stream(Edges.COURT, "/containers/" + id).body()) {
            Files.copy(octets, container);
        }
        Path auditor = offline();
        JsonNode verdict = json(
                WaslProcess.run("container", "verify", "--json", "--data", auditor.toString(), container.toString()));
        assertThat(verdict.path("genuine").asBoolean()).as(verdict.toString()).isTrue();
        assertThat(verdict.path("payloadDigest").asText()).isEqualTo(scans.digest(31));
        assertThat(payload(container)).isEqualTo(scans.digest(31));

        byte[] octets = Files.readAllBytes(container);
        octets[OCTETS / 2]++;
        Files.write(container, octets);
        Ended refused =
                WaslProcess.run("container", "verify", "--json", "--data", auditor.toString(), container.toString());
        assertThat(json(refused).path("genuine").asBoolean()).isFalse();
        assertThat(refused.exitCode()).isNotZero();
    }

    /** What an auditor has: the registry and the authority's certificate, without a running node. */
    private static Path offline() throws IOException {
        Path copy = root.resolve("auditor");
        for (String part : List.of("registry", "authority")) {
            Path from = node.directory().root().resolve(part);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".p12"))
                        .sorted(Comparator.naturalOrder())
                        .toList()) {
                    Path to = copy.resolve(part).resolve(from.relativize(file).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        return copy;
    }

    private static String payload(Path container) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(container))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("payload.bin")) {
                    return ScanServer.digest(zip);
                }
            }
        }
        throw new AssertionError("there is no payload.bin");
    }

    @Test
    void document_whenItIsShown_isNamedAndNotPrinted() throws Exception {
        HttpResponse<InputStream> response = ask(32);
        response.body().close();
        Path container = root.resolve("shown.asice");
        String id = response.headers().firstValue("Wasl-Reply-Id").orElseThrow();
        try (InputStream octets = edges.stream(Edges.COURT, "/containers/" + id).body()) {
            Files.copy(octets, container);
        }
        Ended shown = WaslProcess.run("container", "show", container.toString());
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.output())
                .contains("application/pdf", Integer.toString(OCTETS))
                .doesNotContain("%PDF");
    }

    @Test
    void document_whenThereIsNone_isNotFound() throws Exception {
        HttpResponse<InputStream> response = ask(0);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(problem(response)).contains("wasl.record.not-found");
    }

    @Test
    void document_whenTheAgencySendsAPageOfErrors_isRefused() throws Exception {
        HttpResponse<InputStream> response = ask(99);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(problem(response)).contains("wasl.document.media-type", "The document is not of a type");
    }

    @Test
    void document_whenThePersonReadsArabic_isRefusedInArabic() throws Exception {
        List<String> headers = new ArrayList<>(List.of(ALLOWED));
        headers.addAll(List.of("Accept-Language", "ar"));
        HttpResponse<InputStream> response = edges.stream(Edges.COURT, PLAN + 99, headers.toArray(String[]::new));
        assertThat(problem(response)).contains("wasl.document.media-type", "نوع الوثيقة غير مسموح");
    }

    private static String problem(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void check_ofTheConnector_namesTypeAndSize() throws Exception {
        JsonNode report = json(WaslProcess.run(
                "connector",
                "check",
                "--json",
                "--data",
                node.directory().root().toString(),
                "ptax-site-plan"));
        assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.toString()).contains("application/pdf, " + OCTETS + " octets");
    }

    private static JsonNode json(Ended ended) throws IOException {
        return JSON.readTree(ended.output());
    }
}
