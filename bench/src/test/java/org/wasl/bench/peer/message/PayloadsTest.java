package org.wasl.bench.peer.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadsTest {

    @Test
    void record_always_isAboutTwoKilobytes() {
        assertThat(Payloads.recordBytes()).isBetween(2_000, 2_400);
    }

    @Test
    void requireRecord_whenOneCharacterDiffers_throws() {
        String altered = new String(Payloads.record(), StandardCharsets.UTF_8).replace("OPEN", "PAID");

        Payloads.requireRecord(Payloads.parse(Payloads.record()));
        assertThatThrownBy(() -> Payloads.requireRecord(Payloads.parse(altered.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(WrongAnswerException.class);
    }
}
