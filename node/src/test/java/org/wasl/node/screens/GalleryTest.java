package org.wasl.node.screens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows every page, in both languages. */
class GalleryTest {

    private static final Path ROOT = Path.of(System.getProperty("wasl.root"));
    private static final Pattern PICTURE = Pattern.compile("docs/screens/([a-z0-9-]+\\.(?:ar|en)\\.png)");

    @Test
    void readme_whenComparedWithThePictures_showsEachInBothLanguages() throws IOException {
        TreeSet<String> shown = PICTURE.matcher(Files.readString(ROOT.resolve("README.md"), StandardCharsets.UTF_8))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> kept;
        try (Stream<Path> all = Files.list(ROOT.resolve("docs/screens"))) {
            kept = all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".png"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertThat(shown).isEqualTo(kept);
        assertThat(kept).allSatisfy(name -> assertThat(kept)
                .contains(name.endsWith(".ar.png") ? name.replace(".ar.", ".en.") : name.replace(".en.", ".ar.")));
    }
}
