package org.wasl.screens.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the page's script may say, it has a text for. */
class ScriptTextsTest {

    private static final Path SCRIPTS =
            Path.of(System.getProperty("wasl.root"), "screens/src/main/resources/org/wasl/screens/assets/verify");
    private static final String PREFIX = "verify.script.";
    private static final Pattern REFUSAL = Pattern.compile("new (?:Refusal|Unsupported)\\(([^,)]*)");
    private static final Pattern MADE =
            Pattern.compile("report\\.(?:holds|fails|unknown)\\('([a-z.]+)',[^,)]*(?:\\([^)]*\\))?[^,)]*,([^,)]*)");
    private static final Pattern CHECK = Pattern.compile("report\\.(?:check|holds|fails|unknown|failed)\\('([a-z.]+)'");
    private static final Pattern CODE = Pattern.compile("'([a-z]+(?:[.-][a-zA-Z0-9]+)*)'");

    @Test
    void keys_haveATextForEveryCheckAndReason() throws IOException {
        Set<String> needed = new TreeSet<>();
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            for (Path script :
                    scripts.filter(path -> path.toString().endsWith(".js")).toList()) {
                String text = Files.readString(script, StandardCharsets.UTF_8);
                codes(REFUSAL, 1, text).forEach(code -> needed.add(PREFIX + "reason." + code));
                codes(MADE, 2, text).forEach(code -> needed.add(PREFIX + "reason." + code));
                CHECK.matcher(text).results().forEach(found -> needed.add(PREFIX + "check." + found.group(1)));
            }
        }
        assertThat(needed).hasSizeGreaterThan(90);
        assertThat(new TreeSet<>(ScriptTexts.keys())).containsAll(needed);
    }

    private static Set<String> codes(Pattern pattern, int group, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(group))
                .flatMap(arguments -> CODE.matcher(arguments).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
