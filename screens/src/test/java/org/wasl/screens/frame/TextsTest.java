package org.wasl.screens.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages' texts are in both languages, and in their place. */
class TextsTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources", "org", "wasl", "screens");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");
    private static final Pattern FOREIGN_DIGITS = Pattern.compile("[\\u0660-\\u0669\\u06F0-\\u06F9]");
    private static final Pattern INLINE = Pattern.compile("<script(?![^>]*src=)[^>]*>|\\sstyle=|\\son[a-z]+=|hx-on");
    private static final Pattern REPLACED_IF = Pattern.compile(
            "<[^>]*th:(if|unless|each)=[^>]*th:replace=[^>]*>|<[^>]*th:replace=[^>]*th:(if|unless)=[^>]*>");

    static List<String> areas() {
        return Templates.AREAS;
    }

    @ParameterizedTest
    @MethodSource("areas")
    void texts_ofAnArea_haveTheSameKeysAndArgumentsInBothLanguages(String area) throws IOException {
        Properties english = read(area + ".properties");
        Properties arabic = read(area + "_ar.properties");

        assertThat(new TreeSet<>(arabic.stringPropertyNames())).isEqualTo(new TreeSet<>(english.stringPropertyNames()));
        for (String key : english.stringPropertyNames()) {
            assertThat(key).startsWith(area + ".");
            assertThat(arguments(arabic.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
            assertThat(english.getProperty(key)).as(key).isNotBlank();
            assertThat(arabic.getProperty(key)).as(key).isNotBlank();
            assertThat(FOREIGN_DIGITS.matcher(arabic.getProperty(key)).find())
                    .as("%s has Western digits", key)
                    .isFalse();
        }
    }

    static List<Path> templates() throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES.resolve("templates"))) {
            return all.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void template_whateverItShows_hasNothingInlineAndNoConditionThatIsNotAsked(Path template) throws IOException {
        String text = Files.readString(template, StandardCharsets.UTF_8);

        assertThat(INLINE.matcher(text).results().map(found -> found.group()).toList())
                .as("the content policy forbids what is inline")
                .isEmpty();
        assertThat(REPLACED_IF
                        .matcher(text)
                        .results()
                        .map(found -> found.group())
                        .toList())
                .as("th:replace is done before th:if is asked: put the condition around it")
                .isEmpty();
    }

    private static TreeSet<String> arguments(String text) {
        TreeSet<String> arguments = new TreeSet<>();
        Matcher matcher = ARGUMENT.matcher(text);
        while (matcher.find()) {
            arguments.add(matcher.group(1));
        }
        return arguments;
    }

    private static Properties read(String name) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(RESOURCES.resolve("messages").resolve(name), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties;
    }
}
