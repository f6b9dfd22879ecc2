package org.wasl.node.screens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.agencies.population.Personas;
import org.wasl.messagelog.checkpoint.LogProof;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.node.edge.verification.VerificationCode;
import org.wasl.screens.frame.Language;

/** The verify page, over evidence of a real request: what is genuine, what was tampered with, and what nobody knows. */
@ExtendWith(Screens.Shared.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerifyIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PEOPLE = "VERIFY.md|statement\\..*|merkle\\.py|SHA256SUMS";

    /** One request, asked once for all tests of this class. */
    private static Case asked;

    /** A request's code, answer and evidence. */
    private record Case(String code, String replyId, byte[] answer, byte[] bundle) {}

    private static synchronized Case asked(Screens screens) throws Exception {
        if (asked == null) {
            HttpResponse<byte[]> answer = screens.api(
                    "officer",
                    "POST",
                    "/composites/general-clearance",
                    "{\"nationalNumber\":\"" + Personas.CLEAN.nationalNumber() + "\"}",
                    "Wasl-Case-Reference",
                    "C-2026-17");
            assertThat(answer.statusCode()).isEqualTo(200);
            String code = answer.headers().firstValue("Wasl-Verification-Code").orElseThrow();
            String replyId = answer.headers().firstValue("Wasl-Reply-Id").orElseThrow();
            UUID tracking = VerificationCode.parse(code).orElseThrow().trackingId();
            byte[] container =
                    screens.api("officer", "GET", "/containers/" + replyId, "").body();
            asked = new Case(code, replyId, container, bundle(screens, tracking));
        }
        return asked;
    }

    /** The evidence, once the log's checkpoint is cosigned and time-stamped. */
    private static byte[] bundle(Screens screens, UUID tracking) {
        String reason = "=?UTF-8?B?"
                + Base64.getEncoder().encodeToString("complaint 17 of 2026".getBytes(StandardCharsets.UTF_8)) + "?=";
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> screens.api(
                                        "auditor", "GET", "/audit/exports/" + tracking, "", "Wasl-Break-Glass", reason)
                                .body(),
                        zip -> files(zip).containsKey("checkpoint/time-stamp.tst"));
    }

    private static Map<String, byte[]> files(byte[] zip) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an insider would: one octet, and the list of digests made to fit. */
    private static byte[] tampered(byte[] zip, String name, int at) throws Exception {
        Map<String, byte[]> files = files(zip);
        byte[] octets = files.get(name).clone();
        octets[at] ^= 1;
        files.put(name, octets);
        StringBuilder sums = new StringBuilder();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().equals("SHA256SUMS")) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.getValue());
                sums.append(HexFormat.of().formatHex(digest))
                        .append("  ")
                        .append(file.getKey())
                        .append('\n');
            }
        }
        files.put("SHA256SUMS", sums.toString().getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream written = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                written.putNextEntry(new ZipEntry(file.getKey()));
                written.write(file.getValue());
                written.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** Where in a message the salt of a payload stands that is not encrypted; -1 when there is none. */
    private static int salt(byte[] container) {
        int at = new String(container, StandardCharsets.ISO_8859_1).indexOf("salt=\"");
        return at < 0 ? at : at + 10;
    }

    private static void give(Page page, String name, byte[] octets) {
        page.setInputFiles("#file", new FilePayload(name, "application/zip", octets));
        page.waitForSelector("#result .verdict, #result .notice-bad, #result .notice-warn");
    }

    private static String verdict(Page page) {
        return page.getAttribute("#result .verdict", "data-verdict");
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void verify_aBundleAMessageAndACode_isSaidInPlainWords(Language language, Screens screens) throws Exception {
        Case known = asked(screens);
        try (Visitor visitor = screens.anybody(language)) {
            Page page = visitor.open("/verify");
            page.waitForSelector("main[data-listening]");
            visitor.light("verify");
            visitor.check("verify");

            List<String> requests = new CopyOnWriteArrayList<>();
            page.onRequest(request -> requests.add(request.url()));
            give(page, "evidence.zip", known.bundle());
            assertThat(page.locator("#result").innerText()).doesNotContain("verify.script");
            assertThat(verdict(page)).as(page.locator("#result").innerText()).isEqualTo("genuine");
            assertThat(requests).as("requests after the file was given").isEmpty();
            visitor.check("verify-genuine");

            Map<String, byte[]> files = files(known.bundle());
            String container = files.keySet().stream()
                    .filter(name -> name.startsWith("containers/") && salt(files.get(name)) > 0)
                    .findFirst()
                    .orElseThrow();
            byte[] altered = tampered(known.bundle(), container, salt(files.get(container)));
            give(page, "tampered.zip", altered);
            page.waitForSelector("#result [data-verdict=refused]");
            assertThat(page.locator(".failures").innerText()).contains(container);
            assertThat(page.locator(".failures [data-check='message.digests']").count())
                    .isOne();
            visitor.check("verify-refused");

            give(page, "answer.asice", known.answer());
            page.waitForSelector("#result [data-verdict=genuine]");
            assertThat(page.locator("#result").innerText())
                    .contains(known.replyId(), "JO/GOV/PORTAL/composer")
                    .doesNotContain("verify.script");
            give(page, "statement.pdf", files.get("statement.pdf"));
            assertThat(page.locator("#result .notice-warn").isVisible()).isTrue();

            page.locator(".verify-more summary").click();
            page.fill("#fingerprint", "12:34");
            page.setInputFiles("#file", new FilePayload("evidence.zip", "application/zip", known.bundle()));
            assertThat(page.locator("#fingerprint-error").isVisible()).isTrue();
            page.fill("#fingerprint", "AB".repeat(32));
            give(page, "pinned.asice", known.answer());
            page.waitForSelector("#result [data-verdict=refused]");
            give(page, "again.zip", known.bundle());
            page.waitForSelector("#result [data-verdict=refused] >> nth=0");
            assertThat(page.locator(".failures [data-check=anchor]").count()).isOne();

            byCode(visitor, known);
        }
    }

    private static void byCode(Visitor visitor, Case known) throws IOException {
        Page page = visitor.open("/verify/" + known.code());
        page.waitForSelector("#result .verdict");
        assertThat(verdict(page)).as(page.locator("#result").innerText()).isEqualTo("genuine");
        assertThat(page.locator("#found").innerText())
                .contains(known.code(), known.replyId())
                .doesNotContain(Personas.CLEAN.nationalNumber());
        visitor.check("verify-code");

        page.fill("#code", known.code().toLowerCase(Locale.ROOT).replace("-", " "));
        page.click("main form button[type=submit]");
        page.waitForSelector("#result .verdict");
        page.fill("#code", VerificationCode.of(UUID.randomUUID()).text());
        page.click("main form button[type=submit]");
        page.waitForSelector("#code-error");
        assertThat(page.getAttribute("#code", "aria-invalid")).isEqualTo("true");
        visitor.check("verify-unknown-code");
    }

    @Test
    @Order(2)
    void verify_withoutJavaScript_saysWhatTheLogHasAndWhereElseToCheck(Screens screens) throws Exception {
        Case known = asked(screens);
        try (Visitor visitor = screens.withoutJavaScript("officer", Language.EN)) {
            Page page = visitor.open("/verify/" + known.code());
            assertThat(page.locator("#found").innerText()).contains(known.code());
            assertThat(page.locator("main").innerText()).contains("VERIFY.md", "xmlsec1");
            assertThat(page.locator("#file").isVisible()).isFalse();
            Response none = page.navigate(screens.address() + "/verify/0000-0000");
            assertThat(none.status()).isEqualTo(404);
            assertThat(page.locator("#code-error").isVisible()).isTrue();
        }
    }

    @Test
    @Order(3)
    void checkBundle_whenOneOctetOfAnythingIsChanged_refusesAsTheForeignToolsDo(Screens screens) throws Exception {
        Case known = asked(screens);
        Map<String, byte[]> files = files(known.bundle());
        List<String> names = new ArrayList<>();
        List<String> copies = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            // One message of every kind is enough; of what is small, everything.
            boolean evidence = !file.getKey().matches(PEOPLE) && !file.getKey().equals("registry/authority.pem");
            boolean one = !file.getKey().matches("(containers|leaves|proofs)/.*") || names.size() % 5 == 0;
            if (evidence && (one || file.getKey().endsWith(".salt"))) {
                int at = file.getKey().endsWith(".p7s") ? file.getValue().length - 10 : file.getValue().length / 2;
                names.add(file.getKey());
                copies.add(Base64.getEncoder().encodeToString(tampered(known.bundle(), file.getKey(), at)));
            }
        }
        assertThat(names).hasSizeGreaterThan(30);
        try (Visitor visitor = screens.anybody(Language.EN)) {
            Page page = visitor.open("/verify");
            List<String> passed = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                Object verdict = page.evaluate("""
                        async (octets) => {
                          const { checkBundle } = await import('/assets/verify/bundle.js');
                          const { base64 } = await import('/assets/verify/octets.js');
                          return (await checkBundle(base64(octets), { pinned: null, site: null, kept: null })).verdict;
                        }""", copies.get(i));
                if (!"refused".equals(verdict)) {
                    passed.add(names.get(i));
                }
            }
            assertThat(passed).as("tampered with, and nobody noticed").isEmpty();
        }
    }

    @Test
    @Order(4)
    void verification_ofACode_provesTheLeafAndTellsNothingOfThePerson(Screens screens) throws Exception {
        Case known = asked(screens);
        HttpResponse<String> answer = get(screens, known.code());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(Personas.CLEAN.nationalNumber());
        JsonNode found = JSON.readTree(answer.body());
        assertThat(found.path("member").asText()).isEqualTo("JO/GOV/PORTAL");
        assertThat(found.path("decisionReady").isBoolean()).isTrue();
        LogProof proof = LogProof.parse(found.path("proof").asText().getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        byte[] leaf = Base64.getDecoder().decode(found.path("leaf").asText());
        assertThat(proof.index()).isEqualTo(found.path("index").asLong());
        assertThat(proof.includes(TreeHash.leaf(leaf))).isTrue();
        assertThat(proof.note().signatures()).hasSizeGreaterThan(1);

        assertThat(get(screens, known.code().toLowerCase(Locale.ROOT)).body()).contains(known.replyId());
        String unknown = VerificationCode.of(UUID.randomUUID()).text();
        char last = unknown.charAt(unknown.length() - 1);
        String slipped = unknown.substring(0, unknown.length() - 1) + (last == '7' ? '8' : '7');
        List<HttpResponse<String>> none =
                List.of(get(screens, unknown), get(screens, slipped), get(screens, "x"), get(screens, known.replyId()));
        assertThat(none).allSatisfy(one -> {
            assertThat(one.statusCode()).isEqualTo(404);
            assertThat(one.body()).isEqualTo(none.get(0).body());
        });
    }

    private static HttpResponse<String> get(Screens screens, String code) throws IOException, InterruptedException {
        String path = "/verification/" + URLEncoder.encode(code, StandardCharsets.UTF_8);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(screens.address() + path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
