package org.wasl.screens.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.screens.frame.Language;

class InputFieldTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static InputField field(String pattern, boolean required) throws Exception {
        return InputField.of(
                JSON.createObjectNode()
                        .put("name", "plateCode")
                        .put("required", required)
                        .put("pattern", pattern),
                new Words.In(JSON.createObjectNode(), Language.EN));
    }

    @ParameterizedTest
    @CsvSource({
        "'[0-9]{10}',digits,10,10,portal.hint.digits",
        "'[0-9]{1,3}',digits,1,3,portal.hint.digits-between",
        "'[0-9]{4}-[0-9]{2}-[0-9]{2}',day,0,0,portal.hint.day",
        "'[A-Z0-9-]{1,40}',text,0,0,''",
    })
    void field_ofAPattern_saysHowItIsWritten(String pattern, String kind, int least, int most, String hint)
            throws Exception {
        InputField field = field(pattern, true);

        assertThat(field.form()).isEqualTo(new InputField.Form(kind, least, most));
        assertThat(field.hint()).isEqualTo(hint);
    }

    @Test
    void wrong_ofWhatWasTyped_namesTheReason() throws Exception {
        assertThat(field("[0-9]{1,3}", true).wrong("")).isEqualTo("portal.error.required");
        assertThat(field("[0-9]{1,3}", false).wrong("")).isEmpty();
        assertThat(field("[0-9]{1,3}", true).wrong("1234")).isEqualTo("portal.error.digits-between");
        assertThat(field("[0-9]{10}", true).wrong("12")).isEqualTo("portal.error.digits");
        assertThat(field("[0-9]{1,3}", true).wrong("12")).isEmpty();
    }

    @Test
    void normal_ofDigitsInAnyScript_isWhatTheBusReads() {
        assertThat(InputField.normal(" ١٢٣ ")).isEqualTo("123");
        assertThat(InputField.normal("۴۵-AB")).isEqualTo("45-AB");
    }
}
