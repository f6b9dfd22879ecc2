package org.wasl.node.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.SigningRequest;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.PathFinder;
import org.wasl.security.certificate.PathRules;
import org.wasl.security.certificate.PathVerdict;
import org.wasl.security.registry.RegistryXml;

/** A certificate's life under {@code wasl pki}: made, issued, listed, revoked. */
class PkiCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private record Run(int exitCode, String out, String err) {

        JsonNode json() throws Exception {
            return JSON.readTree(out);
        }
    }

    private Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Texts.in("en"),
                false);
        String[] all = Arrays.copyOf(arguments, arguments.length + 3);
        System.arraycopy(
                new String[] {"--json", "--data", folder.resolve("pki").toString()}, 0, all, arguments.length, 3);
        int exitCode = CommandLineProgram.run(all, console);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void pki_fromAuthorityToRevocation_keepsABookThatTheListFollows() throws Exception {
        assertThat(run("pki", "init", "--use", "MESSAGE", "--organisation", "JO")
                        .exitCode())
                .isZero();
        assertThat(run("pki", "init", "--use", "MESSAGE", "--organisation", "JO")
                        .exitCode())
                .isEqualTo(ExitCode.REFUSED);
        Path request = request();
        Path out = folder.resolve("cspd.pem");

        Run issued = run(
                "pki",
                "issue",
                "--authority",
                "message-ca",
                "--organisation",
                "JO/GOV/CSPD",
                "--name",
                "CSPD messages",
                "--out",
                out.toString(),
                request.toString());

        assertThat(issued.exitCode()).as(issued.err()).isZero();
        X509Certificate certificate = certificate(out);
        Path authority = folder.resolve("pki/authority");
        assertThat(PathFinder.find(
                        certificate,
                        List.of(certificate(authority.resolve("message-ca.pem"))),
                        List.of(certificate(authority.resolve("message-root.pem"))),
                        PathRules.withoutRevocation(Clock.systemUTC().instant())))
                .isInstanceOf(PathVerdict.Found.class);
        String serial = certificate.getSerialNumber().toString(16);
        assertThat(run("pki", "list", "--authority", "message-ca")
                        .json()
                        .get(0)
                        .path("serial")
                        .asText())
                .isEqualTo(serial);

        Run revoked = run("pki", "revoke", "--authority", "message-ca", "--serial", serial, "--reason", "SUPERSEDED");

        assertThat(revoked.exitCode()).as(revoked.err()).isZero();
        X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(
                        Files.readAllBytes(folder.resolve("pki/registry/crl/message-ca.crl"))));
        assertThat(list.isRevoked(certificate)).isTrue();
        assertThat(run("pki", "list").json().findValuesAsText("revokedAt")).hasSize(2);
    }

    @Test
    void pki_whenSomethingIsWrong_saysSoWithItsCode() throws Exception {
        Path request = request();
        Path out = folder.resolve("out.pem");
        assertThat(run(
                                "pki",
                                "issue",
                                "--authority",
                                "message-ca",
                                "--organisation",
                                "JO",
                                "--name",
                                "x",
                                "--out",
                                out.toString(),
                                request.toString())
                        .exitCode())
                .isEqualTo(ExitCode.UNAVAILABLE);
        run("pki", "init", "--use", "TLS", "--organisation", "JO");
        assertThat(run("pki", "revoke", "--authority", "tls-ca", "--serial", "abcdef")
                        .exitCode())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(run("pki", "revoke", "--authority", "tls-ca", "--serial", "not hexadecimal")
                        .exitCode())
                .isEqualTo(ExitCode.REFUSED);
        byte[] forged = Files.readAllBytes(request);
        forged[forged.length - 3] ^= 1;
        Files.write(request, forged);
        assertThat(run(
                                "pki",
                                "issue",
                                "--authority",
                                "tls-ca",
                                "--organisation",
                                "JO",
                                "--name",
                                "x",
                                "--out",
                                out.toString(),
                                request.toString())
                        .exitCode())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(out).doesNotExist();
    }

    @Test
    void expiring_whenTheRegistryEndsSoonEnough_saysSoWithOne() throws Exception {
        TrustFiles files = new TrustFiles(folder.resolve("pki"));
        new DemoAuthority(
                        files,
                        new RegistryXml(SchemaCatalogue.load()),
                        DemoAuthority.EXAMPLE_PUBLICATION,
                        Clock.systemUTC())
                .establish(DemoRegistry.draft());

        assertThat(run("pki", "expiring", "--within", "10").exitCode()).isZero();
        Run soon = run("pki", "expiring", "--within", "100");

        assertThat(soon.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(soon.json().findValuesAsText("kind")).contains("REGISTRY", "REVOCATION_LIST");
        assertThat(run("pki", "list").json()).hasSizeGreaterThanOrEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crl --authority message-ca --days -1",
                "crl --authority message-ca --days 0",
                "crl --authority message-ca --days 3661",
                "crl --authority ../message-ca",
                "revoke --authority message-ca --serial ab --list-days -1",
                "revoke --authority ../x --serial ab",
                "list --authority ../x",
                "issue --authority ../x --organisation JO --name x --out x.pem x.csr",
                "ocsp --port 99999",
                "ocsp --port -1",
                "ocsp --port 0 --minutes -5",
                "tsa --port 65536",
                "expiring --within -1",
            })
    void pki_whenAnOptionIsOutOfBounds_saysSoAndDoesNothing(String arguments) {
        run("pki", "init", "--use", "MESSAGE", "--organisation", "JO");
        Path list = folder.resolve("pki/registry/crl/message-ca.crl");
        FileTime before = modified(list);

        Run refused = run(("pki " + arguments).split(" "));

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).doesNotContain("unexpected").containsAnyOf("whole number", "lower-case letters");
        assertThat(modified(list)).isEqualTo(before);
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tsa_whenServed_givesTimeStampsThatOpensslAccepts() throws Exception {
        assumeOpenssl();
        run("pki", "init", "--use", "TIMESTAMP", "--organisation", "JO");
        Files.writeString(folder.resolve("text"), "a checkpoint");
        openssl("ts", "-query", "-data", "text", "-sha256", "-cert", "-out", "query.tsq");

        serving("tsa", address -> {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address)
                                    .POST(HttpRequest.BodyPublishers.ofFile(folder.resolve("query.tsq")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            Files.write(folder.resolve("answer.tsr"), answer.body());
        });

        assertThat(openssl(
                        "ts",
                        "-verify",
                        "-data",
                        "text",
                        "-in",
                        "answer.tsr",
                        "-CAfile",
                        "pki/authority/timestamp-root.pem",
                        "-untrusted",
                        "pki/authority/timestamp-ca.pem"))
                .contains("Verification: OK");
    }

    @Test
    void ocsp_whenServed_givesStatusThatOpensslAccepts() throws Exception {
        assumeOpenssl();
        run("pki", "init", "--use", "MESSAGE", "--organisation", "JO");
        Path out = folder.resolve("cspd.pem");
        run(
                "pki",
                "issue",
                "--authority",
                "message-ca",
                "--organisation",
                "JO/GOV/CSPD",
                "--name",
                "CSPD",
                "--out",
                out.toString(),
                request().toString());
        List<String> said = new ArrayList<>();

        serving(
                "ocsp",
                address -> said.add(openssl(
                        "ocsp",
                        "-issuer",
                        "pki/authority/message-ca.pem",
                        "-cert",
                        "cspd.pem",
                        "-url",
                        address.resolve("message-ca").toString(),
                        "-CAfile",
                        "pki/authority/message-root.pem")));

        assertThat(said)
                .singleElement()
                .asString()
                .contains("Response verify OK")
                .contains("cspd.pem: good");
    }

    /** Done with the address at which a command serves. */
    @FunctionalInterface
    private interface Use {
        void with(URI address) throws Exception;
    }

    private void serving(String command, Use use) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(printed, printed, Texts.in("en"), false);
        String data = folder.resolve("pki").toString();
        Thread server = new Thread(
                () -> CommandLineProgram.run(
                        new String[] {"pki", command, "--port", "0", "--json", "--data", data}, console),
                "served-" + command);
        server.setDaemon(true);
        server.start();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> out.toString(StandardCharsets.UTF_8).contains("\n"));
            use.with(URI.create(JSON.readTree(out.toByteArray()).get("serving").asText()));
        } finally {
            server.interrupt();
            server.join(10_000);
        }
    }

    private static void assumeOpenssl() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "skipped: openssl is not installed");
    }

    private String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private Path request() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        return Files.write(folder.resolve("request.csr"), SigningRequest.write(pair, "CN=whoever"));
    }

    private static X509Certificate certificate(Path file) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
}
