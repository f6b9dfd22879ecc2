package org.wasl.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.authority.CertificateAuthority;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.Pem;
import org.wasl.security.authority.SigningRequest;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.RegistryXml;

/** {@code wasl keys} on a data directory of the demonstration's authority, without a node. */
class KeysCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path data;

    @TempDir
    private Path folder;

    private record Run(int exitCode, String out, String err) {}

    @BeforeAll
    static void establish() throws Exception {
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        new DemoAuthority(new TrustFiles(data), xml, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC())
                .establish(DemoRegistry.draft());
    }

    @Test
    void list_whenKeysAreInFiles_saysWhoseWhatForAndThatTheyCouldLeave() throws Exception {
        JsonNode message = key("message", "JO/GOV/CSPD");

        assertThat(message.path("use").asText()).isEqualTo("MESSAGE");
        assertThat(message.path("state").asText()).isEqualTo("listed");
        assertThat(message.path("extractable").asBoolean()).isTrue();
        assertThat(message.path("daysLeft").asLong()).isBetween(700L, 730L);
        assertThat(message.path("place").asText()).endsWith("CSPD/message.p12");
        assertThat(key("checkpoint", "JO/GOV/CSPD").path("state").asText()).isEqualTo("listed");
        assertThat(run("keys", "list").out()).contains("JO/GOV/MOJ").contains("could leave");
    }

    @Test
    void generate_thenImport_makesAKeyWithTheCertificateOfItsRequest() throws Exception {
        Path request = folder.resolve("new.csr");
        Run generated = run("keys", "generate", "--member", "JO/GOV/PTAX", "--request", request.toString(), "--json");
        assertThat(generated.exitCode()).as(generated.err()).isZero();
        String name = JSON.readTree(generated.out()).path("name").asText();
        assertThat(key(name, "JO/GOV/PTAX").path("state").asText()).isEqualTo("uncertified");

        Path certificate = folder.resolve("new.pem");
        Files.write(certificate, Pem.certificates(List.of(issue(request))));
        Run imported = run("keys", "import", "--member", "JO/GOV/PTAX", "--certificate", certificate.toString());

        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(key(name, "JO/GOV/PTAX").path("state").asText()).isEqualTo("not-listed");
        assertThat(key(name, "JO/GOV/PTAX").path("daysLeft").asLong()).isBetween(29L, 30L);
    }

    @Test
    void import_whenTheCertificateIsForNoKeyHere_refuses() throws Exception {
        Path certificate = folder.resolve("other.pem");
        Files.write(
                certificate,
                Pem.certificates(List.of(CertificateAuthority.createRoot("JO", "other", Clock.systemUTC())
                        .certificate())));

        Run imported = run("keys", "import", "--member", "JO/GOV/PTAX", "--certificate", certificate.toString());

        assertThat(imported.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(imported.err()).contains("JO/GOV/PTAX");
    }

    @Test
    void generate_forCheckpoints_printsThePublicKey() throws Exception {
        Run generated = run("keys", "generate", "--member", "JO/GOV/PORTAL", "--use", "CHECKPOINT");

        assertThat(generated.exitCode()).as(generated.err()).isZero();
        assertThat(generated.out()).contains("BEGIN PUBLIC KEY");
    }

    @Test
    void list_whenTheTokenIsNotThere_saysSo() throws Exception {
        Path configuration = folder.resolve("token.yaml");
        Files.writeString(
                configuration,
                "wasl.keys.kind: PKCS11\nwasl.keys.token.library: /nonexistent/module.so\nwasl.keys.token.label: x\n");

        Run listed = run("keys", "list", "--config", configuration.toString());

        assertThat(listed.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(listed.err()).contains("the keys cannot be used");
    }

    private static JsonNode key(String name, String member) throws Exception {
        Run listed = run("keys", "list", "--json");
        assertThat(listed.exitCode()).as(listed.err()).isZero();
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode key : JSON.readTree(listed.out())) {
            if (key.path("name").asText().equals(name)
                    && key.path("member").asText().equals(member)) {
                found.add(key);
            }
        }
        assertThat(found).as(listed.out()).hasSize(1);
        return found.get(0);
    }

    private static X509Certificate issue(Path request) throws Exception {
        String pem = Files.readString(request, StandardCharsets.US_ASCII);
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        PublicKey key = SigningRequest.provenKey(der).orElseThrow();
        return new CertificateAuthority(
                        CertificateAuthority.createRoot("JO", "any", Clock.systemUTC()),
                        DemoAuthority.EXAMPLE_PUBLICATION,
                        Clock.systemUTC())
                .issue(new CertificateOrder(
                        CertificateProfile.MESSAGE, "JO/GOV/PTAX", "new", key, List.of(), Duration.ofDays(30)));
    }

    private static Run run(String... command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Texts.in("en"),
                false);
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--data", data.toString()));
        int exitCode = CommandLineProgram.run(arguments.toArray(String[]::new), console);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
