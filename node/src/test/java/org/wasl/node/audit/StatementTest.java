package org.wasl.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.security.registry.Label;

/** What people read in a bundle. */
class StatementTest {

    private static final Path VERAPDF = Path.of("target", "verapdf");

    @TempDir
    Path directory;

    private static Statement statement() {
        Label name = new Label("بوابة <الخدمات>", "Portal of <services>");
        return new Statement(
                "e3f51506-bec8-4484-9626-9366f5a6a43e",
                List.of(
                        new Statement.Fact("consumer", new Label("السائل", "Asked by"), name, "JO/GOV/PORTAL/web"),
                        new Statement.Fact("stamp", new Label("الختم", "Stamp"), new Label("غير مثبت", "none"), "")),
                List.of(new Statement.Line(
                        7,
                        "2026-11-22T03:01:13.467Z",
                        "JO/GOV/PORTAL",
                        "SENT",
                        "REQUEST",
                        "JO/GOV/PORTAL/web",
                        "JO/GOV/CSPD/registry/person-record/v1",
                        "GENUINE",
                        "containers/01.asice")),
                List.of(new Check(
                        "leaves.included",
                        Check.Outcome.HOLDS,
                        new Label("هل القيود في السجل؟", "Do the leaves stand in the log?"),
                        new Label("نعم، كلها وعددها 2", "yes, all 2"),
                        List.of("proofs/7.tlog-proof"))),
                List.of(new Label("لا تثبت صدق البيانات.", "That a record is true.")));
    }

    @Test
    void html_whenWritten_escapesIsolatesAndRunsNothing() {
        String html = new StatementHtml(statement()).text();

        assertThat(html)
                .startsWith("<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">")
                .contains("<section lang=\"en\" dir=\"ltr\">")
                .contains("<bdi dir=\"ltr\">JO/GOV/PORTAL/web</bdi>")
                .contains("بوابة &lt;الخدمات&gt;")
                .contains("default-src 'none'")
                .doesNotContain("<script")
                .doesNotContain("src=")
                .doesNotContain("http://");
    }

    @Test
    void pdf_whenJudgedByVeraPdf_isPdfA() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(VERAPDF), "StatementTest skipped: veraPDF is not in target/verapdf");
        Path pdf = Files.write(directory.resolve("statement.pdf"), new StatementPdf(statement()).octets());
        Path judge = directory.resolve("JudgePdf.java");
        Files.write(judge, Resources.class.getResourceAsStream("JudgePdf.txt").readAllBytes());
        File said = directory.resolve("said.txt").toFile();

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        VERAPDF.toAbsolutePath() + "/*",
                        judge.toString(),
                        pdf.toString())
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(said.toPath(), StandardCharsets.UTF_8)).endsWith("2u compliant\n");
    }

    @Test
    void json_whenWritten_hasBothLanguages() {
        assertThat(statement().json())
                .contains("\"ar\" : \"هل القيود في السجل؟\"")
                .contains("\"en\" : \"Do the leaves stand in the log?\"");
    }
}
