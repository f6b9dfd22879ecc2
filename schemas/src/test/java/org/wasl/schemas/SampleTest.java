package org.wasl.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.xml.Violation;

/** Every sample that is shipped, good and bad, against the schema whose folder it stands in, and against later minors. */
class SampleTest {

    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.load();
    private static final Path SAMPLES =
            Path.of(System.getProperty("wasl.root"), "schemas/src/main/resources/org/wasl/schemas/samples");

    static List<Path> good() throws IOException {
        return samples("good");
    }

    static List<Path> bad() throws IOException {
        return samples("bad");
    }

    @ParameterizedTest
    @MethodSource("good")
    void validate_whenSampleIsGood_holdsOnItsMinorAndEveryLaterOne(Path sample) throws IOException {
        SchemaEntry written = schema(sample);
        byte[] octets = Files.readAllBytes(sample);

        assertThat(laterMinors(written)).isNotEmpty().allSatisfy(entry -> assertThat(CATALOGUE.validate(
                        octets, entry.namespace(), entry.version().toString()))
                .isInstanceOf(SchemaVerdict.Valid.class));
        assertThat(CATALOGUE.validate(octets)).isInstanceOf(SchemaVerdict.Valid.class);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void validate_whenSampleIsBad_namesExactlyThePathAndRule(Path sample) throws IOException {
        SchemaEntry written = schema(sample);
        String expected = expected(sample);

        assertThat(laterMinors(written))
                .isNotEmpty()
                .filteredOn(entry -> !allowed(sample, entry))
                .allSatisfy(entry -> {
                    SchemaVerdict verdict = CATALOGUE.validate(
                            Files.readAllBytes(sample),
                            entry.namespace(),
                            entry.version().toString());
                    assertThat(verdict).isInstanceOf(SchemaVerdict.Invalid.class);
                    SchemaVerdict.Invalid invalid = (SchemaVerdict.Invalid) verdict;
                    assertThat(invalid.code()).isEqualTo(FaultCode.SCHEMA_INVALID);
                    assertThat(invalid.violations())
                            .extracting(violation -> violation.path() + " " + violation.rule())
                            .containsExactly(expected);
                    Violation violation = invalid.violations().get(0);
                    assertThat(violation.line()).isPositive();
                    assertThat(violation.message()).isNotBlank();
                });
    }

    @Test
    void samples_whenListed_coverEverySchemaWithARootBothWays() throws IOException {
        List<String> good = good().stream().map(s -> schema(s).fileName()).toList();
        List<String> bad = bad().stream().map(s -> schema(s).fileName()).toList();

        assertThat(CATALOGUE.entries())
                // common has no root of its own: every other schema's samples hold its types
                .filteredOn(entry -> !entry.name().equals("common"))
                .allSatisfy(entry -> {
                    assertThat(good).contains(entry.fileName());
                    assertThat(bad).contains(entry.fileName());
                });
    }

    private static List<SchemaEntry> laterMinors(SchemaEntry written) {
        return CATALOGUE.entries().stream()
                .filter(entry -> entry.namespace().equals(written.namespace())
                        && entry.version().compareTo(written.version()) >= 0)
                .toList();
    }

    private static SchemaEntry schema(Path sample) {
        String folder = sample.getParent().getParent().getFileName().toString();
        return CATALOGUE.entries().stream()
                .filter(entry -> entry.fileName().equals(folder + ".xsd"))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a later minor, which may only add, has come to allow what this one refuses. */
    private static boolean allowed(Path sample, SchemaEntry entry) {
        try {
            String since = properties(sample).getProperty(name(sample) + ".allowed-since", "");
            return entry.version().toString().equals(since);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String expected(Path sample) throws IOException {
        Properties expected = properties(sample);
        assertThat(expected.stringPropertyNames()).contains(name(sample));
        return expected.getProperty(name(sample));
    }

    private static String name(Path sample) {
        return sample.getFileName().toString().replace(".xml", "");
    }

    private static Properties properties(Path sample) throws IOException {
        Properties expected = new Properties();
        try (Reader reader =
                Files.newBufferedReader(sample.resolveSibling("expected.properties"), StandardCharsets.UTF_8)) {
            expected.load(reader);
        }
        return expected;
    }

    private static List<Path> samples(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .filter(file -> file.getParent().getFileName().toString().equals(kind))
                    .sorted()
                    .toList();
        }
    }
}
