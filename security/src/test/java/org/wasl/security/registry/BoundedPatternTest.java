package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedPatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0-9]{10}",
                "[0-9]{1,3}",
                "[A-Z]+-[0-9]+",
                "(?:A|B)[0-9]{1,6}",
                "(JO-)?[0-9]{4,}",
                "\\d{4}/\\d{1,7}",
                "ab|cd|",
                "[\\]a-z]+",
                ".*",
                "الأردن[٠-٩]*"
            })
    void compile_whenMatchingIsCheap_accepts(String text) {
        assertThat(BoundedPattern.compile(text).pattern()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+b",
                "(a|a)*b",
                "(a*){1,9}",
                ".*.*.*x",
                "(.*)?(.*)?.*",
                "(a)\\1",
                "(?=a)b",
                "(?i)a",
                "(?<n>a)",
                "a++",
                "a{1,2}{3}",
                "[a[b]]",
                "[a&&b]",
                "\\Qa",
                "\\p{L}",
                "a)",
                "(a",
                "[a",
                "*a",
                "a{99999999999}",
                "((((((((((a))))))))))"
            })
    void compile_whenItDoesNotCompileOrCouldBeExpensive_refuses(String text) {
        assertThatThrownBy(() -> BoundedPattern.compile(text)).isInstanceOf(PatternSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[A-Za-z]+[A-Za-z]+", ".*a.*", "(x|.{1,900})?.+", "[a-z]{1,1000}[a-z]{1,1000}"})
    void compile_whenAcceptedAtTheBound_matchesTheLongestValueQuickly(String text) {
        String worst = "a".repeat(999) + "!\n";

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(
                        BoundedPattern.compile(text).matcher(worst).matches())
                .isFalse());
    }
}
