package org.wasl.node.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

class StatedReasonTest {

    private static final String ARABIC = "شكوى رقم ١٧ لسنة ٢٠٢٦";

    @Test
    void ofHeader_inArabic_isReadAsItIsAndPercentEncoded() {
        String raw = new String(ARABIC.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String encoded = URLEncoder.encode(ARABIC, StandardCharsets.UTF_8).replace("+", "%20");

        assertThat(StatedReason.ofHeader(raw)).isEqualTo(ARABIC);
        assertThat(StatedReason.ofHeader(encoded)).isEqualTo(ARABIC);
        assertThat(StatedReason.ofHeader("complaint 17+18 of 2026")).isEqualTo("complaint 17+18 of 2026");
    }

    @Test
    void of_atItsBounds_isTaken() {
        assertThat(StatedReason.of("  0123456789  ")).isEqualTo("0123456789");
        assertThat(StatedReason.of("ش".repeat(StatedReason.MOST_CHARACTERS))).hasSize(StatedReason.MOST_CHARACTERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "too short",
                "         a          ",
                "two lines\r\nlog.level=ERROR",
                "a bell \u0007 rings here",
                "turned \u202e round the text",
                "a line\u2028separator is there",
                "half a pair \ud800 of surrogates",
                "nothing at all \u0000 after it"
            })
    void of_whenItCannotBeShown_isRefused(String reason) {
        assertRefused(() -> StatedReason.of(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "percent %zz is no encoding",
                "percent %0d%0a ends the line",
                "percent %80 is no UTF-8 by itself",
                "percent at the very end %",
                "\u00ff\u00fe\u00ff\u00fe\u00ff\u00fe\u00ff\u00fe\u00ff\u00fe\u00ff"
            })
    void ofHeader_whenItIsNoText_isRefused(String value) {
        assertRefused(() -> StatedReason.ofHeader(value));
    }

    @Test
    void of_whenItIsMissingOrTooLong_isRefused() {
        assertRefused(() -> StatedReason.of(null));
        assertRefused(() -> StatedReason.of("x".repeat(StatedReason.MOST_CHARACTERS + 1)));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(
                        refusal.fault().code())
                .isEqualTo(FaultCode.AUDIT_REASON));
    }
}
