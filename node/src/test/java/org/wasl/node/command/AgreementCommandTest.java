package org.wasl.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "May A ask B for C, and what comes back?" */
class AgreementCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** A Monday, ten in the morning in Amman. */
    private static final String OPEN = "2026-11-23T07:00:00Z";
    /** A Thursday, three in the afternoon in Amman. */
    private static final String CLOSED = "2026-11-26T12:00:00Z";

    @TempDir
    Path folder;

    private Path draft;

    private record Run(int exitCode, String out, String err) {}

    @BeforeEach
    void write() throws Exception {
        draft = DraftRegistry.write(folder);
    }

    @Test
    void explain_whenAllowed_saysYesWithTheAgreementAndTheFields() throws Exception {
        Run run = court("en", OPEN, "--case", "C-7");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Yes, by agreement court-person.")
                .contains("encrypted")
                .contains("person/maritalStatus")
                .contains("only within a case that the request names")
                .contains("at most 60 a minute and 1000 a day")
                .contains("(Asia/Amman)");
        JsonNode json =
                JSON.readTree(court("en", OPEN, "--case", "C-7", "--json").out());
        assertThat(json.path("answer").asText()).isEqualTo("yes");
        assertThat(json.path("agreement").asText()).isEqualTo("court-person");
        assertThat(json.path("released").get(1).path("path").asText()).isEqualTo("person/maritalStatus");
        assertThat(json.path("released").get(1).path("label").path("ar").asText())
                .containsPattern("\\p{IsArabic}{3}");
        assertThat(json.path("quota").path("perDay").asInt()).isEqualTo(1000);
        assertThat(json.path("confidential").asBoolean()).isTrue();
        assertThat(json.path("agreements").get(0).path("rules")).hasSize(10);
        assertThat(json.path("agreements").get(0).path("rules"))
                .allSatisfy(rule -> assertThat(rule.path("outcome").asText()).isEqualTo("PASSED"));
    }

    @Test
    void explain_whenNoCaseIsNamed_saysNoByThatRule() throws Exception {
        Run run = court("en", OPEN);

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out())
                .contains("No. ")
                .contains("wasl.agreement.case-reference")
                .contains("✗");
        JsonNode json = JSON.readTree(court("en", OPEN, "--json").out());
        assertThat(json.path("answer").asText()).isEqualTo("no");
        assertThat(json.path("refusal").path("rule").asText()).isEqualTo("case-reference");
        assertThat(json.path("refusal").path("agreement").asText()).isEqualTo("court-person");
        assertThat(json.path("refusal").path("explanation").path("ar").asText()).contains("القضية");
    }

    @Test
    void explain_whenClosed_saysWhenItOpens() throws Exception {
        JsonNode json =
                JSON.readTree(court("en", CLOSED, "--case", "C-7", "--json").out());

        assertThat(json.path("refusal").path("code").asText()).isEqualTo("wasl.agreement.hours");
        assertThat(json.path("nextOpening").asText()).isEqualTo("2026-11-29T05:00:00Z");
        assertThat(court("ar", CLOSED, "--case", "C-7").out())
                .contains("2026-11-29T05:00:00Z")
                .contains("لا.")
                .contains("الأوقات");
    }

    @Test
    void explain_whenItDependsOnTheRecord_saysYesIf() throws Exception {
        String[] question = {
            "--consumer", "JO/GOV/PORTAL/web",
            "--service", "JO/GOV/CSPD/registry/vehicle-record/v1",
            "--purpose", "RENEWAL",
            "--legal-basis", "LAW-2",
            "--actor", "CITIZEN"
        };

        assertThat(explain("en", question).out())
                .contains("Yes by agreement own-vehicle, if:")
                .contains("only about the person who asks, or what belongs to them");
        assertThat(explain("en", with(question, "--no-assertion")).out()).contains("wasl.agreement.assertion");
        assertThat(explain("en", with(question, "--assurance", "LOW")).out()).contains("wasl.agreement.assurance");
    }

    @Test
    void explain_whenAboutWhomIsSaid_decidesByIt() throws Exception {
        String[] question = {
            "--consumer", "JO/GOV/PORTAL/web",
            "--service", "JO/GOV/CSPD/registry/person-record/v1",
            "--purpose", "EXTRACT",
            "--legal-basis", "LAW-3",
            "--actor", "CITIZEN",
            "--assurance", "HIGH"
        };

        assertThat(explain("en", question).out()).contains("Yes by agreement own-person, if:");
        assertThat(explain("en", with(question, "--about", "SELF")).out()).contains("Yes, by agreement own-person.");
        assertThat(explain("en", with(question, "--about", "OTHER")).out()).contains("wasl.agreement.subject");
    }

    @Test
    void explain_whenThereIsNoAgreement_saysSo() throws Exception {
        Run run = explain(
                "en",
                "--consumer",
                "JO/GOV/PORTAL/court",
                "--service",
                "JO/GOV/CSPD/registry/life-status/v1",
                "--purpose",
                "COURT_CASE",
                "--legal-basis",
                "LAW-3");

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out()).contains("wasl.agreement.none").contains("No agreement is registered");
    }

    @Test
    void explain_whenTheQuestionIsWrong_saysSoWithTwo() throws Exception {
        assertThat(run("en", "agreement", "explain").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(court("en", "yesterday").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(explain("en", "--consumer", "nobody", "--service", "x", "--purpose", "P", "--legal-basis", "L")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void explain_whenTheRegistryCannotBeRead_saysSoWithThree() throws Exception {
        Files.writeString(draft, "<registry/>");
        Run run = court("en", OPEN);
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.err()).contains("wasl: ");
    }

    @Test
    void list_namesEveryAgreementAndHowItStands() throws Exception {
        Run all = run("en", "agreement", "list", "--registry", draft.toString());
        assertThat(all.exitCode()).isZero();
        assertThat(all.out()).contains("life", "own-vehicle", "court-person", "in force", "4 agreements");
        JsonNode json = JSON.readTree(
                run("en", "agreement", "list", "--registry", draft.toString(), "--consumer", "court", "--json")
                        .out());
        assertThat(json).hasSize(1);
        assertThat(json.get(0).path("hours").path("open").get(0).path("to").asText())
                .isEqualTo("15:00");
        assertThat(json.get(0).path("actors").get(0).path("subject").asText()).isEqualTo("CASE");
    }

    private Run court(String language, String at, String... more) {
        return explain(
                language,
                with(
                        new String[] {
                            "--consumer", "JO/GOV/PORTAL/court",
                            "--service", "JO/GOV/CSPD/registry/person-record/v1",
                            "--purpose", "COURT_CASE",
                            "--legal-basis", "LAW-3",
                            "--actor", "OFFICER",
                            "--at", at
                        },
                        more));
    }

    private Run explain(String language, String... question) {
        return run(language, with(new String[] {"agreement", "explain", "--registry", draft.toString()}, question));
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

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
}
