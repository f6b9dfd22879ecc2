package org.wasl.security.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.wasl.security.container.TestWorld.utf8;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of container that the product emits, judged by software that this project did not write. */
class IndependentValidationTest {

    private static final TestWorld WORLD = TestWorld.withKeys("EC");

    record Emitted(String name, TestWorld world, Container container) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Emitted> emitted() {
        List<Emitted> all = new ArrayList<>();
        for (MessageKind kind : MessageKind.values()) {
            for (String mediaType : List.of("application/xml", "application/pdf")) {
                all.add(emitted(WORLD, kind, mediaType));
            }
        }
        all.add(emitted(TestWorld.withKeys("RSA-3072"), MessageKind.REPLY, "application/xml"));
        all.add(emitted(TestWorld.withKeys("Ed25519"), MessageKind.REPLY, "application/xml"));
        return all.stream();
    }

    private static Emitted emitted(TestWorld world, MessageKind kind, String mediaType) {
        Container container = world.signed(
                world.header(kind, mediaType), mediaType.endsWith("xml") ? utf8("<a>وصل</a>") : utf8("%PDF-1.7 …"));
        String key = world.portalKey.method().name();
        return new Emitted(kind + " " + mediaType + " " + key, world, container);
    }

    @ParameterizedTest
    @MethodSource("emitted")
    void validate_whenByEuDss_passesTotallyAsBaselineB(Emitted emitted) throws Exception {
        TestAuthority authority = emitted.world().authority;
        String report = DssValidation.validate(
                emitted.container().octets(),
                authority.certificate().getEncoded(),
                authority.crl(emitted.world().now).getEncoded());

        if (emitted.name().endsWith("ED25519")) {
            // Everything is intact to DSS, but its policy's list of algorithms does not have Ed25519 yet.
            assertThat(report)
                    .startsWith("INDETERMINATE XAdES-BASELINE-B ASiC-E 1\n")
                    .contains("CRYPTO_CONSTRAINTS");
            return;
        }
        assertThat(report).startsWith("TOTAL_PASSED XAdES-BASELINE-B ASiC-E 1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"header.xml", "payload.xml"})
    void validate_whenByEuDssAndAltered_fails(String entry) throws Exception {
        byte[] altered =
                Parts.of(WORLD.request()).text(entry, text -> text + "\n").zip();
        String report = DssValidation.validate(
                altered,
                WORLD.authority.certificate().getEncoded(),
                WORLD.authority.crl(WORLD.now).getEncoded());

        assertThat(report).startsWith("TOTAL_FAILED ");
    }

    @ParameterizedTest
    @MethodSource("emitted")
    void verify_whenByXmlsec1_isOk(Emitted emitted, @TempDir Path folder) throws Exception {
        assumeTrue(isInstalled("xmlsec1"), "skipped: xmlsec1 is not installed");
        assumeTrue(!emitted.name().contains("ED25519"), "skipped: this xmlsec1 does not know Ed25519");
        unzip(emitted.container(), folder);
        Files.writeString(
                folder.resolve("ca.pem"), pem(emitted.world().authority.certificate()));

        String output = run(
                folder,
                "xmlsec1",
                "--verify",
                "--id-attr:Id",
                "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
                "--trusted-pem",
                "ca.pem",
                "META-INF/signatures.xml");

        assertThat(output).contains("OK", "SignedInfo References (ok/all): 3/3");
    }

    @Test
    void verify_whenByOpenssl_reproducesDigestsAndSignature(@TempDir Path folder) throws Exception {
        assumeTrue(isInstalled("openssl"), "skipped: openssl is not installed");
        Container container = WORLD.request();
        unzip(container, folder);
        for (String part : List.of("header.xml", "payload.xml")) {
            String digest =
                    run(folder, "openssl", "dgst", "-sha256", "-r", part).split(" ")[0];
            assertThat(digest)
                    .isEqualTo(part.startsWith("header") ? container.headerDigest() : container.payloadDigest());
        }
        String signatures = Files.readString(folder.resolve("META-INF/signatures.xml"));
        String signedInfo =
                signatures.substring(signatures.indexOf("<ds:SignedInfo"), signatures.indexOf("</ds:SignedInfo>") + 16);
        Files.writeString(folder.resolve("signedinfo"), signedInfo);
        String value = between(signatures, "<ds:SignatureValue Id=\"SignatureValue\">", "</ds:SignatureValue>");
        Files.write(folder.resolve("signature"), der(Base64.getDecoder().decode(value)));
        Files.writeString(folder.resolve("cert.pem"), pem(WORLD.portalKey.certificate()));
        Files.writeString(
                folder.resolve("key.pem"), run(folder, "openssl", "x509", "-in", "cert.pem", "-pubkey", "-noout"));

        assertThat(run(
                        folder,
                        "openssl",
                        "dgst",
                        "-sha256",
                        "-verify",
                        "key.pem",
                        "-signature",
                        "signature",
                        "signedinfo"))
                .contains("Verified OK");
    }

    private static byte[] der(byte[] plain) throws IOException {
        ASN1EncodableVector both = new ASN1EncodableVector();
        both.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(plain, 0, 32))));
        both.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(plain, 32, 64))));
        return new DERSequence(both).getEncoded();
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start));
    }

    private static String pem(X509Certificate certificate) throws CertificateEncodingException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static void unzip(Container container, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container.octets()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
