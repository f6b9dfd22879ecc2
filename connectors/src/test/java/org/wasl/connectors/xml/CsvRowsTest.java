package org.wasl.connectors.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTest {

    @Test
    void next_whenFieldsHoldCommasQuotesAndLines_keepsThem() throws Exception {
        assertThat(rows("a,b\n\"1,2\",\"x\"\"y\"\r\n\"l1\nl2\",\n"))
                .containsExactly(List.of("a", "b"), List.of("1,2", "x\"y"), List.of("l1\nl2", ""));
    }

    @Test
    void next_whenTheLastLineHasNoEnd_readsIt() throws Exception {
        assertThat(rows("a\nb")).containsExactly(List.of("a"), List.of("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b\n", "\"a", "\"a\"b\n"})
    void next_whenAQuoteIsOutOfPlace_isRefused(String text) {
        assertThatThrownBy(() -> rows(text)).isInstanceOf(UnreadableException.class);
    }

    private static List<List<String>> rows(String text) throws UnreadableException {
        CsvRows csv = new CsvRows(text);
        List<List<String>> rows = new ArrayList<>();
        Optional<List<String>> row = csv.next();
        while (row.isPresent()) {
            rows.add(row.get());
            row = csv.next();
        }
        return rows;
    }
}
