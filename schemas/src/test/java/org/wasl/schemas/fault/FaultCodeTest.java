package org.wasl.schemas.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultCodeTest {

    private static final Path TABLE = Path.of(System.getProperty("wasl.root"), "docs", "fault-codes.md");

    @Test
    void wireCodes_whenListed_areUnique() {
        assertThat(Arrays.stream(FaultCode.values()).map(FaultCode::wireCode)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(FaultCode.class)
    void labels_whenRead_areInTheirLanguages(FaultCode code) {
        assertThat(code.wireCode()).matches("wasl\\.[a-z-]+\\.[a-z0-9-]+");
        assertThat(code.arabic()).matches(".*\\p{IsArabic}.*").hasSizeLessThanOrEqualTo(200);
        assertThat(code.english()).matches("[A-Z][ -~]+[^.]").hasSizeLessThanOrEqualTo(200);
        assertThat(code.httpStatus()).isBetween(400, 599);
        assertThat(FaultCode.byWireCode(code.wireCode())).hasValue(code);
    }

    @ParameterizedTest
    @EnumSource(FaultCode.class)
    void category_whenSender_isAnsweredWithAClientError(FaultCode code) {
        boolean clientError = code.httpStatus() < 500;
        // An expired request is the sender's, but the edge that waited for it timed out.
        boolean expected = code.category() != FaultCategory.SENDER || clientError || code == FaultCode.EXCHANGE_EXPIRED;
        assertThat(expected).isTrue();
    }

    @ParameterizedTest
    @EnumSource(FaultCode.class)
    void table_whenRead_hasARowForTheCode(FaultCode code) throws IOException {
        String row = row(code);
        assertThat(rows())
                .as("docs/fault-codes.md needs a row that begins with this and ends in the code's meaning: %s", row)
                .anySatisfy(line -> {
                    assertThat(line).startsWith(row).endsWith(". |");
                    assertThat(line.substring(row.length())).hasSizeGreaterThan(20);
                });
    }

    @Test
    void table_whenRead_hasNoRowOfAnotherCodeAndKeepsTheOrder() throws IOException {
        assertThat(rows().stream().map(line -> line.substring(3, line.indexOf("` |"))))
                .containsExactlyElementsOf(Arrays.stream(FaultCode.values())
                        .map(FaultCode::wireCode)
                        .toList());
    }

    private static String row(FaultCode code) {
        return "| `" + code.wireCode() + "` | " + code.category().name().toLowerCase(Locale.ROOT) + " | "
                + (code.retryable() ? "yes" : "no") + " | " + code.httpStatus() + " | " + code.arabic() + " | "
                + code.english() + " | ";
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }
}
