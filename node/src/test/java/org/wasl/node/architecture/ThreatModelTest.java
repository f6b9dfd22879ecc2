package org.wasl.node.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keeps {@code docs/threat-model.md} true: every row is shown by tests that exist, or has a gap with its date. */
class ThreatModelTest {

    private static final int THREATS = 27;
    private static final int PROMISES = 12;
    private static final Path ROOT = Path.of(System.getProperty("wasl.root"));

    /** {@code | T1 | threat | what holds | shown by |}. */
    private static final Pattern ROW = Pattern.compile("\\| *([TP][0-9]{1,2}) *\\|(.*)\\|([^|]*)\\|([^|]*)\\| *");

    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))(?:\\.([a-zA-Z0-9_]+))?`");
    private static final Pattern GAP = Pattern.compile("gap \\(([0-9]{4}-[0-9]{2}-[0-9]{2})\\): .{20,}");
    private static final Pattern DISABLED = Pattern.compile("@Disabled\\b");

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new HashMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/threat-model.md"), StandardCharsets.UTF_8)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(rows.put(row.group(1), row.group(4).strip()))
                        .as("row %s stands once", row.group(1))
                        .isNull();
            }
        }
        return rows;
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> ROOT.relativize(file).toString().contains("src/test/java/"))
                    .forEach(file -> sources.put(file.getFileName().toString().replace(".java", ""), source(file)));
        }
        return sources;
    }

    private static String source(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void rows_whenCounted_areAllThreatsAndPromises() throws IOException {
        List<String> expected = new ArrayList<>();
        IntStream.rangeClosed(1, THREATS).forEach(number -> expected.add("T" + number));
        IntStream.rangeClosed(1, PROMISES).forEach(number -> expected.add("P" + number));

        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @TestFactory
    Stream<DynamicTest> row_whenItNamesTests_theyExistAndRun() throws IOException {
        Map<String, String> sources = testSources();
        return rows().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(row -> dynamicTest(row.getKey(), () -> check(row.getValue(), sources)));
    }

    private static void check(String shownBy, Map<String, String> sources) {
        Matcher gap = GAP.matcher(shownBy);
        boolean dated = gap.find();
        if (dated) {
            assertThat(LocalDate.parse(gap.group(1))).isNotNull();
        }
        Matcher test = TEST.matcher(shownBy);
        int named = 0;
        while (test.find()) {
            named++;
            String source = sources.get(test.group(1));
            assertThat(source).as("the test class %s", test.group(1)).isNotNull();
            assertThat(DISABLED.matcher(source).find())
                    .as("%s is not switched off", test.group(1))
                    .isFalse();
            if (test.group(2) != null) {
                assertThat(source).as(test.group()).containsPattern("\\b" + test.group(2) + "\\s*[(=]");
            }
        }
        assertThat(named > 0 || dated).as("a test or a dated gap").isTrue();
    }
}
