package org.wasl.screens.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.Templates;

class AnswerViewTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String TERMS = """
            {"members": {"JO/GOV/DVLD": {"ar": "الترخيص", "en": "Licensing"}, "JO/GOV/PTAX": {"ar": "المسقفات", "en": "Property tax"}},
             "records": {"traffic:fines": "traffic:Fines"},
             "types": {
               "traffic:Fines": {"fields": {
                 "totalDue": {"name": {"ar": "المستحق", "en": "Total due"}, "type": "common:Money"},
                 "fine": {"name": {"ar": "مخالفة", "en": "Fine"}, "type": "traffic:Fine"}}},
               "traffic:Fine": {"fields": {
                 "ticket": {"name": {"ar": "الرقم", "en": "Ticket"}, "type": "common:Code"},
                 "at": {"name": {"ar": "وقتها", "en": "At"}, "type": "common:Moment"},
                 "plate": {"name": {"ar": "اللوحة", "en": "Plate"}, "type": "common:PlateRef"},
                 "status": {"name": {"ar": "الحالة", "en": "Status"}, "type": "traffic:FineStatus"}}},
               "traffic:FineStatus": {"values": {"OPEN": {"ar": "غير مدفوعة", "en": "Open"}}}}}
            """;

    private static final String ANSWER = """
            {"service": "JO/GOV/PORTAL/composer/general-clearance/v1", "asked": "2026-11-22T16:08:12.784Z",
             "answered": "2026-11-22T16:08:15.418Z", "overall": "PARTIAL", "decision": "BLOCKED",
             "reason": [{"step": "fines", "label": {"ar": "مخالفات", "en": "Fines are open"}}],
             "missing": [{"step": "property", "status": "UNAVAILABLE", "label": {"ar": "ض", "en": "Tax"}}],
             "totalDues": {"currency": "JOD", "value": "TOTAL"},
             "source": [
               {"step": "fines", "service": "JO/GOV/DVLD/fines/fines-of-person/v1", "member": "JO/GOV/DVLD",
                "label": {"ar": "مخالفات السير", "en": "Traffic fines"}, "required": true, "status": "AVAILABLE",
                "asOf": "2026-11-22T16:08:13.000Z", "ageSeconds": 4000, "reply": {"messageId": "m-1"},
                "record": {"fines": {"synthetic": true, "totalDue": {"currency": "JOD", "value": "300.000"}, "fine": [
                  {"ticket": "T-1", "at": "2026-04-14T06:58:00+03:00", "plate": {"country": "JO", "code": "11", "number": "14321"}, "status": "OPEN"},
                  {"ticket": "T-2", "at": "2026-04-15T06:58:00+03:00", "plate": {"country": "JO", "code": "11", "number": "14321"}, "status": "NEW"}]}}},
               {"step": "property", "service": "JO/GOV/PTAX/property/property-account/v1", "member": "JO/GOV/PTAX",
                "label": {"ar": "ضريبة", "en": "Property tax"}, "required": true, "status": "UNAVAILABLE",
                "fault": {"code": "wasl.backend.unavailable", "label": {"ar": "غير متاح", "en": "Down"}}}]}
            """;

    private static AnswerView view(String total, Language language) throws Exception {
        JsonNode answer = JSON.readTree(ANSWER.replace("TOTAL", total));
        return AnswerView.of(
                answer,
                Map.of("m-1", "2026-11-22T16:08:14.000Z"),
                new Words.In(JSON.readTree(TERMS), language),
                Templates.texts());
    }

    @Test
    void answer_withSomethingOwed_saysToWhomAndWhatIsMissing() throws Exception {
        AnswerView view = view("300.000", Language.EN);

        assertThat(view.outcome()).isEqualTo("blocked");
        assertThat(view.complete()).isFalse();
        assertThat(view.missing()).extracting(SourceView::step).containsExactly("property");
        assertThat(view.missing().get(0).adviceKey()).isEqualTo("portal.advice.again");
        assertThat(view.dues().total()).isEqualTo("300.000 JOD");
        assertThat(view.dues().items())
                .containsExactly(new AnswerView.Due("Licensing", "Traffic fines", "300.000 JOD"));
        SourceView fines = view.blocking().get(0);
        assertThat(fines.reasons()).containsExactly("Fines are open");
        assertThat(fines.answered()).isNotEmpty();
        assertThat(fines.age()).contains(new Span("hours", 2));
    }

    @Test
    void dues_whenThePartsAreNotTheTotal_areToldAsATotalOnly() throws Exception {
        AnswerView.Dues dues = view("381.585", Language.EN).dues();

        assertThat(dues.any()).isTrue();
        assertThat(dues.total()).isEqualTo("381.585 JOD");
        assertThat(dues.items()).isEmpty();
    }

    @Test
    void record_ofAnyAgency_isShownByTheSchemasWords() throws Exception {
        List<RecordPart> parts = view("300.000", Language.AR).sources().get(0).parts();

        assertThat(parts.get(0)).isEqualTo(new RecordPart.Line("المستحق", RecordPart.Value.ltr("300.000 JOD")));
        RecordPart.Grid grid = (RecordPart.Grid) parts.get(1);
        assertThat(grid.columns()).containsExactly("الرقم", "وقتها", "اللوحة", "الحالة");
        assertThat(grid.rows().get(0)).element(2).isEqualTo(RecordPart.Value.ltr("11-14321"));
        assertThat(grid.rows().get(0)).element(3).isEqualTo(RecordPart.Value.plain("غير مدفوعة"));
        assertThat(grid.rows().get(1))
                .element(3)
                .as("a code that no schema names")
                .isEqualTo(RecordPart.Value.ltr("NEW"));
        assertThat(grid.rows().get(0).get(1).text()).contains("2026").doesNotContainPattern("[\\u0660-\\u0669]");
    }
}
