package org.wasl.node.edge.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerificationCodeTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final UUID SOME = UUID.fromString("239bdba5-c56c-4984-bc7d-c2f0f7920d31");

    @Test
    void text_ofAnyId_isReadBack() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            String text = VerificationCode.of(id).text();
            assertThat(text).matches("[0-7][0-9A-HJKMNP-TV-Z]{3}(-[0-9A-HJKMNP-TV-Z]{4}){6}");
            assertThat(VerificationCode.parse(text)).contains(new VerificationCode(id));
        }
        for (UUID end : List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(0, -1), new UUID(-1, 0))) {
            assertThat(VerificationCode.parse(VerificationCode.of(end).text())).contains(new VerificationCode(end));
        }
    }

    @Test
    void parse_whenTypedByAPerson_forgivesWhatIsMeantTheSame() {
        String text = VerificationCode.of(SOME).text();
        assertThat(VerificationCode.parse(text.toLowerCase(Locale.ROOT).replace("-", " ")))
                .contains(new VerificationCode(SOME));
        assertThat(VerificationCode.parse(
                        text.replace("-", "").replace('0', 'o').replace('1', 'l')))
                .contains(new VerificationCode(SOME));
    }

    @Test
    void parse_whenOneCharacterIsWrong_findsNothing() {
        String plain = VerificationCode.of(SOME).text().replace("-", "");
        for (int at = 0; at < plain.length(); at++) {
            for (char other : ALPHABET.toCharArray()) {
                if (other != plain.charAt(at)) {
                    String wrong = plain.substring(0, at) + other + plain.substring(at + 1);
                    assertThat(VerificationCode.parse(wrong)).as(wrong).isEmpty();
                }
            }
        }
    }

    @Test
    void parse_whenNeighboursAreExchanged_findsNothing() {
        String plain = VerificationCode.of(SOME).text().replace("-", "");
        for (int at = 0; at + 1 < plain.length(); at++) {
            if (plain.charAt(at) != plain.charAt(at + 1)) {
                String wrong =
                        plain.substring(0, at) + plain.charAt(at + 1) + plain.charAt(at) + plain.substring(at + 2);
                assertThat(VerificationCode.parse(wrong)).as(wrong).isEmpty();
            }
        }
    }

    @Test
    void parse_whenItIsNoCode_findsNothing() {
        String text = VerificationCode.of(SOME).text();
        for (String wrong : List.of(
                "",
                "-",
                SOME.toString(),
                text + "0",
                text.substring(1),
                "U" + text.substring(1),
                "Z".repeat(28),
                "-".repeat(10_000),
                text.replace('-', '.'),
                "\u0660".repeat(28))) {
            assertThat(VerificationCode.parse(wrong)).as(wrong).isEmpty();
        }
    }
}
