package org.wasl.security.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/attack-corpus.md} says what there is. */
class AttackDocumentTest {

    private static final Path DOCUMENT = Path.of(System.getProperty("wasl.root", ".."), "docs", "attack-corpus.md");

    @ParameterizedTest
    @EnumSource(Category.class)
    void table_whenRead_countsTheCategorysCasesAndNamesItsCodes(Category category) throws IOException {
        List<Attack> attacks = AttackCorpus.all().stream()
                .filter(attack -> attack.category() == category)
                .toList();
        long byMember = attacks.stream().filter(a -> a.by() == Attack.By.MEMBER).count();
        String codes = attacks.stream()
                .map(attack -> "`" + attack.code().wireCode().substring("wasl.".length()) + "`")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        String row = "| " + category.title() + " | " + attacks.size() + " | " + byMember + " | " + codes + " | ";
        assertThat(Files.readAllLines(DOCUMENT))
                .as("docs/attack-corpus.md needs a row that begins with this and ends in what the canary accepts: "
                        + row)
                .anyMatch(line -> line.startsWith(row));
    }
}
