package org.wasl.security.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wasl.security.Corpora;

/**
 * NIST's Public Key Interoperability Test Suite through the product's own path code: every case of sections 4.1 to 4.16,
 * at the instant at which the suite's certificates were valid, with revocation asked. All authorities and lists of the
 * suite lie in one pool, so that the path, and the lists that matter, must be found among 180 that do not.
 */
class PkitsTest {

    private static final Instant AT = Instant.parse("2005-01-01T00:00:00Z");
    private static final String POLICY = "2.16.840.1.101.3.2.1.48.";
    private static final int CASES = 247;

    /** Case numbers that do not end as NIST says, each with its reason in docs/pkits.md. */
    private static final Set<String> DEVIATIONS = Set.of();

    private static Map<String, X509Certificate> certificates = Map.of();
    private static List<X509Certificate> authorities = List.of();
    private static List<X509CRL> lists = List.of();

    private record Case(String number, String target, boolean valid, Set<String> settings, Set<String> policies) {}

    @BeforeAll
    static void read() throws IOException, GeneralSecurityException {
        Path corpus = Corpora.folder("pkits");
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        certificates = new TreeMap<>();
        for (Path file : files(corpus.resolve("certs"))) {
            try (InputStream in = Files.newInputStream(file)) {
                certificates.put(name(file).replace(".crt", ""), (X509Certificate) factory.generateCertificate(in));
            }
        }
        authorities = certificates.entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith("EE"))
                .map(Map.Entry::getValue)
                .toList();
        lists = new ArrayList<>();
        for (Path file : files(corpus.resolve("crls"))) {
            lists.add(PathFinder.readList(Files.readAllBytes(file)));
        }
    }

    @TestFactory
    Stream<DynamicTest> find_whenPkitsCase_endsAsNistSays() throws IOException {
        return cases().stream()
                .map(pkits ->
                        DynamicTest.dynamicTest(pkits.number() + " " + pkits.target(), () -> assertThat(holds(pkits))
                                .as(pkits.toString())
                                .isEqualTo(pkits.valid() != DEVIATIONS.contains(pkits.number()))));
    }

    @Test
    void cases_whenCounted_areAllOfSections1To16() throws IOException {
        assertThat(cases()).hasSize(CASES);
        assertThat(cases().stream().map(Case::target).distinct()).hasSize(223);
        assertThat(cases().stream().map(Case::number)).containsAll(DEVIATIONS);
    }

    private static boolean holds(Case pkits) {
        X509Certificate target = certificates.get(pkits.target());
        X509Certificate anchor = certificates.get("TrustAnchorRootCertificate");
        assertThat(target).isNotNull();
        assertThat(anchor).isNotNull();
        PathRules rules = new PathRules(
                AT,
                lists,
                pkits.policies().stream().map(policy -> POLICY + policy).collect(Collectors.toSet()),
                pkits.settings().contains("explicit"),
                pkits.settings().contains("inhibit-mapping"),
                pkits.settings().contains("inhibit-any"));
        return PathFinder.find(target, authorities, List.of(anchor), rules) instanceof PathVerdict.Found;
    }

    private static List<Case> cases() throws IOException {
        try (InputStream in = PkitsTest.class.getResourceAsStream("pkits.tsv")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Case(cells[0], cells[1], cells[2].equals("valid"), set(cells[3]), set(cells[4])))
                    .toList();
        }
    }

    private static Set<String> set(String cell) {
        return cell.equals("-") ? Set.of() : Arrays.stream(cell.split("\\+")).collect(Collectors.toSet());
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(files::add);
        }
        return files;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
