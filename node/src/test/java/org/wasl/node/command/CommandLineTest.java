package org.wasl.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line without a node: help, languages, exit codes. */
class CommandLineTest {

    @TempDir
    Path folder;

    private record Run(int exitCode, String out, String err) {}

    private static Run run(String language, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Texts.in(language),
                false);
        int exitCode = CommandLineProgram.run(arguments, console);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "up",
                "ask",
                "token",
                "container",
                "container show",
                "container verify",
                "log",
                "log verify",
                "audit",
                "audit export",
                "audit prove",
                "log checkpoints",
                "log checkpoint",
                "keys",
                "keys list",
                "keys generate",
                "keys import",
                "agreement",
                "agreement explain",
                "agreement list",
                "agreement simulate",
                "registry",
                "registry init",
                "registry edit",
                "registry sign",
                "registry show",
                "registry diff",
                "registry publish",
                "schema",
                "schema validate",
                "pki",
                "pki init",
                "pki issue",
                "pki revoke",
                "pki crl",
                "pki ocsp",
                "pki tsa",
                "pki list",
                "pki expiring",
                "witness",
                "witness show",
                "connector",
                "connector list",
                "connector check",
                "agencies",
                "agencies load",
                "agencies list",
                "agencies stop",
                "agencies start",
                "agencies slow",
                "agencies review",
                "webhooks",
                "webhooks list",
                "webhooks again",
                "payments",
                "payments reconcile"
            })
    void help_ofEveryCommand_isThereInBothLanguages(String command) {
        String[] arguments = (command + " --help").strip().split(" ");
        Run english = run("en", arguments);
        Run arabic = run("ar", arguments);

        assertThat(english.exitCode()).isZero();
        assertThat(english.out())
                .contains("Usage: wasl")
                .contains("Exit codes:")
                .doesNotContain("''");
        assertThat(arabic.exitCode()).isZero();
        assertThat(arabic.out()).contains("الاستعمال: wasl").contains("رموز الخروج");
    }

    @Test
    void texts_haveTheSameKeysInBothLanguages() {
        assertThat(new TreeSet<>(Texts.in("ar").bundle().keySet()))
                .isEqualTo(new TreeSet<>(Texts.in("en").bundle().keySet()));
    }

    @Test
    void language_isTakenFromOptionThenEnvironment() {
        assertThat(Texts.language(List.of("up", "--lang", "ar"), Map.of("LANG", "en_US.UTF-8")))
                .isEqualTo("ar");
        assertThat(Texts.language(List.of("up", "--lang=en"), Map.of("LANG", "ar_JO.UTF-8")))
                .isEqualTo("en");
        assertThat(Texts.language(List.of("up"), Map.of("LANG", "ar_JO.UTF-8"))).isEqualTo("ar");
        assertThat(Texts.language(List.of("up"), Map.of("LC_ALL", "C", "LANG", "ar_JO")))
                .isEqualTo("en");
        assertThat(Texts.language(List.of(), Map.of())).isEqualTo("en");
    }

    @ParameterizedTest
    @CsvSource({
        "'',2",
        "nonsense,2",
        "up --port none,2",
        "schema validate,2",
        "agencies load,2",
        "webhooks again,2",
        "webhooks again none,2",
        "payments reconcile,2",
        "payments reconcile --day yesterday,2",
        "--version,0",
    })
    void commandLine_whenWrong_saysSoWithTwo(String line, int exitCode) {
        assertThat(run("en", line.isEmpty() ? new String[0] : line.split(" ")).exitCode())
                .isEqualTo(exitCode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask general-clearance nationalNumber=1",
                "connector list",
                "connector check moj-attachments",
                "agencies list",
                "webhooks list",
                "webhooks again 3f0e1c1e-8a35-4a53-9c43-6f6a2a0f4d11",
                "token officer",
                "log verify"
            })
    void command_whenNoNodeRuns_saysHowToStartOne(String line) {
        String[] arguments = (line + " --data " + folder).split(" ");
        Run run = run("en", arguments);

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.err()).startsWith("wasl: ").containsAnyOf("./wasl up", "--data");
    }

    @Test
    void schemaValidate_namesPathAndRule() throws Exception {
        Path good = Files.writeString(folder.resolve("good.xml"), """
                <env:payload xmlns:env="urn:wasl:envelope:1" salt="%s"><env:query></env:query></env:payload>""".formatted("0".repeat(64)));
        Path bad = Files.writeString(
                folder.resolve("bad.xml"), "<env:payload xmlns:env=\"urn:wasl:envelope:1\"><env:query/></env:payload>");
        Path hostile = Files.writeString(folder.resolve("hostile.xml"), "<!DOCTYPE x><x/>");

        assertThat(run("en", "schema", "validate", good.toString()).exitCode()).isZero();
        Run refused = run("en", "schema", "validate", bad.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.out())
                .contains("wasl.schema.invalid")
                .contains("/env:payload")
                .contains("salt");
        assertThat(run("en", "schema", "validate", "--json", hostile.toString()).out())
                .contains("\"code\" : \"wasl.xml.doctype\"");
        assertThat(run("en", "schema", "validate", folder.resolve("none").toString())
                        .exitCode())
                .isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void containerShow_whenFileIsNone_refusesWithItsCode() throws Exception {
        Path file = Files.writeString(folder.resolve("x.asice"), "not a zip");
        Run run = run("en", "container", "show", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out()).contains("wasl.container.not-zip");
    }

    @Test
    void table_alignsByWhatIsSeen() {
        assertThat(new Table(" ").row("\u200Eab\u200E", "x").row("abc", "y").lines())
                .containsExactly("\u200Eab\u200E  x", "abc y");
    }
}
