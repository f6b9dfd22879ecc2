package org.wasl.node.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.SchemaCatalogue;

class RecordTermsTest {

    private static final RecordTerms TERMS = new RecordTerms(SchemaCatalogue.load());

    private static RecordTerms.Field field(String type, String name) {
        RecordTerms.Type found = Objects.requireNonNull(TERMS.types().get(type), type);
        return Objects.requireNonNull(Objects.requireNonNull(found.fields()).get(name), name);
    }

    @Test
    void terms_ofAnAgencysRecord_nameItsFieldsAndCodesInBothLanguages() {
        assertThat(TERMS.records()).containsEntry("traffic:fines", "traffic:Fines");
        assertThat(field("traffic:Fine", "ticket").name())
                .containsExactlyInAnyOrderEntriesOf(Map.of("ar", "رقم المخالفة", "en", "Ticket"));
        assertThat(field("traffic:Fine", "due").type()).isEqualTo("common:Money");
        assertThat(Objects.requireNonNull(TERMS.types()
                                .get(field("civil:LifeStatus", "status").type()))
                        .values())
                .containsEntry("ALIVE", Map.of("ar", "على قيد الحياة", "en", "Alive"));
    }

    @Test
    void terms_ofAPacksRecord_areThereToo() {
        assertThat(TERMS.records()).containsEntry("military:mayTravel", "military:MayTravel");
        assertThat(field("military:MayTravel", "permitted").type()).isEqualTo("xs:boolean");
    }

    @Test
    void terms_ofEveryField_haveATypeThatIsThere() {
        Set<String> known = TERMS.types().keySet();
        TERMS.types()
                .forEach((name, type) -> Objects.requireNonNullElse(type.fields(), Map.<String, RecordTerms.Field>of())
                        .forEach((field, described) -> assertThat(
                                        described.type().startsWith("xs:") || known.contains(described.type()))
                                .as(name + "/" + field + " is " + described.type())
                                .isTrue()));
        assertThat(TERMS.records().values()).allMatch(known::contains);
        assertThat(TERMS.records().keySet().stream().map(name -> name.substring(name.indexOf(':') + 1)))
                .as("answers name records without prefix")
                .doesNotHaveDuplicates();
    }
}
