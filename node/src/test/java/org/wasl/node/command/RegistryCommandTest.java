package org.wasl.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of docs/operations.md, and what goes wrong. */
class RegistryCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path authority;
    private Path password;
    private Path node;

    private record Run(int exitCode, String out, String err) {}

    @BeforeEach
    void init() throws Exception {
        authority = folder.resolve("authority");
        password = folder.resolve("offline/password");
        node = folder.resolve("node");
        Run made = run("en", "init", "--sample");
        assertThat(made.exitCode()).as(made.err()).isZero();
        Files.createDirectories(node.resolve("authority"));
        Files.copy(authority.resolve("registry-authority.pem"), node.resolve("authority/registry-authority.pem"));
    }

    @Test
    void init_makesAKeyThatOnlyItsOwnerReads() throws Exception {
        for (Path secret : List.of(password, authority.resolve("registry-authority.p12"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        Run again = run("en", "init");
        assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("nothing replaces it");
    }

    @Test
    void fromDraftToNode_asTheManualTells() throws Exception {
        assertThat(run("en", "sign", "--expires", "30d", "--grace", "12h").exitCode())
                .isZero();
        assertThat(run("en", "publish", "--data", node.toString()).exitCode()).isZero();

        Run edited = run("en", "edit", "add", "member", "JO/GOV/HEALTH", "ar=وزارة الصحة", "en=Health", "node=node-2");
        assertThat(edited.exitCode()).as(edited.err()).isZero();
        assertThat(edited.out()).contains("Member JO/GOV/HEALTH is added.");
        Run english = run("en", "diff", "--data", node.toString());
        Run arabic = run("ar", "diff");
        assertThat(english.out()).contains("Member JO/GOV/HEALTH is added.").contains("node node-2");
        assertThat(arabic.out()).contains("أضيف العضو JO/GOV/HEALTH.");

        assertThat(run("en", "sign").out()).contains("Version 2 is signed");
        assertThat(run("en", "publish", "--data", node.toString()).out()).contains("Version 2 is published");
        Run shown = run("en", "show", "--data", node.toString(), "--json");
        assertThat(shown.exitCode()).isZero();
        JsonNode document = JSON.readTree(shown.out());
        assertThat(document.path("version").asLong()).isEqualTo(2);
        assertThat(document.path("signature").path("state").asText()).isEqualTo("CURRENT");
        assertThat(document.path("members")).hasSizeGreaterThan(6);
        assertThat(document.path("agreements")).isNotEmpty();
        assertThat(run("ar", "show", "--data", node.toString()).out())
                .contains("وزارة الصحة")
                .contains("الاتفاقيات");
    }

    @Test
    void edit_whenARuleIsBroken_keepsNothingAndSaysWhere() throws Exception {
        byte[] before = Files.readAllBytes(authority.resolve("draft.xml"));
        String wrong = Files.readString(authority.resolve("draft.xml"), StandardCharsets.UTF_8)
                .replaceFirst("path=\"lifeStatus/status\"", "path=\"lifeStatus/statuss\"");
        Path file = Files.writeString(folder.resolve("wrong.xml"), wrong, StandardCharsets.UTF_8);

        Run misspelt = run("en", "edit", "--file", file.toString());
        assertThat(misspelt.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(misspelt.err()).contains("lifeStatus/statuss").containsPattern("line [0-9]+, column [0-9]+");

        Path broken = Files.writeString(
                folder.resolve("broken.xml"),
                wrong.replace("</registry>", "<extra/></registry>"),
                StandardCharsets.UTF_8);
        Run schema = run("en", "edit", "--file", broken.toString(), "--json");
        JsonNode problem = JSON.readTree(schema.out()).path("problems").get(0);
        assertThat(problem.path("line").asInt()).isPositive();
        assertThat(problem.path("column").asInt()).isPositive();

        Run unknown = run(
                "en",
                "edit",
                "add",
                "agreement",
                "x",
                "consumer=JO/GOV/PORTAL/web",
                "service=JO/GOV/CSPD/registry/none/v1",
                "purpose=P,legalBasis=L",
                "actor=SYSTEM",
                "release=a/b",
                "validFrom=2026-01-01",
                "validTo=2027-01-01");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(unknown.err()).contains("unknown service");
        assertThat(Files.readAllBytes(authority.resolve("draft.xml"))).isEqualTo(before);
    }

    @Test
    void edit_ofAFileThatIsRight_keepsItAsWritten() throws Exception {
        String written = Files.readString(authority.resolve("draft.xml"), StandardCharsets.UTF_8)
                .replace("Ministry of Justice", "Ministry of Law");
        Path file = Files.writeString(folder.resolve("new.xml"), written, StandardCharsets.UTF_8);

        Run edited = run("en", "edit", "--file", file.toString());

        assertThat(edited.out()).contains("Ministry of Law");
        assertThat(authority.resolve("draft.xml")).hasContent(written);
    }

    @Test
    void sign_whenTheVersionIsNotHigher_refuses() throws Exception {
        assertThat(run("en", "sign", "--version", "5").exitCode()).isZero();

        Run again = run("en", "sign", "--version", "5");
        assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("not higher than version 5");
        assertThat(run("en", "sign", "--grace", "31d").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("en", "sign", "--expires", "soon").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void publish_whenTheNodeWouldRefuseIt_bringsNothing() throws Exception {
        run("en", "sign");
        Path older = folder.resolve("older");
        Files.createDirectories(older);
        for (String name : List.of("registry.xml", "registry.xml.p7s")) {
            Files.copy(authority.resolve("signed").resolve(name), older.resolve(name));
        }
        run("en", "sign");
        run("en", "publish", "--data", node.toString());
        Files.createDirectories(node.resolve("registry/accepted"));
        byte[] published = Files.readAllBytes(node.resolve("registry/registry.xml"));
        Files.writeString(
                node.resolve("registry/accepted/version"),
                "2 "
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(published))
                        + "\n",
                StandardCharsets.US_ASCII);

        Run rollback = run("en", "publish", "--data", node.toString(), "--from", older.toString(), "--json");

        assertThat(rollback.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(JSON.readTree(rollback.out()).path("code").asText()).isEqualTo("wasl.registry.rollback");
        assertThat(Files.readAllBytes(node.resolve("registry/registry.xml"))).isEqualTo(published);
        Files.copy(
                older.resolve("registry.xml"),
                node.resolve("registry/registry.xml"),
                StandardCopyOption.REPLACE_EXISTING);
        Run shown = run("en", "show", "--data", node.toString());
        assertThat(shown.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(shown.out()).contains("The node refuses it [wasl.registry.invalid]");
    }

    @Test
    void commands_whenSomethingIsMissing_saySo() {
        assertThat(run("en", "edit").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("en", "edit", "add", "planet", "x").err()).contains("trust-anchor");
        assertThat(run("en", "edit", "set", "member", "JO/GOV/NOBODY", "ar=x").exitCode())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(run("en", "show", "--data", folder.resolve("none").toString())
                        .exitCode())
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run("en", "publish", "--data", node.toString()).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    /** Runs a command of this test's authority. */
    private Run run(String language, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("registry", command));
        if (!(command.equals("show") || List.of(more).contains("--authority"))) {
            arguments.addAll(List.of("--authority", authority.toString()));
        }
        if (command.equals("init") || command.equals("sign")) {
            arguments.addAll(List.of("--password-file", password.toString()));
        }
        arguments.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Texts.in(language),
                false);
        int exitCode = CommandLineProgram.run(arguments.toArray(String[]::new), console);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
