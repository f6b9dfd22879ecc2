package org.wasl.screens.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.wasl.screens.frame.Language;

class ProgressViewTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void progress_ofEvents_isToldStepByStep() throws Exception {
        String steps = """
                {"steps": [
                  {"service": "a", "member": "M", "label": {"en": "A"}}, {"service": "b", "member": "M", "label": {"en": "B"}},
                  {"service": "b", "member": "M", "label": {"en": "B again"}}, {"service": "c", "member": "M", "label": {"en": "C"}},
                  {"service": "d", "member": "M", "label": {"en": "D"}}]}
                """;
        String events = """
                {"events": [
                  {"id": "1", "event": "accepted", "service": "whole"}, {"id": "2", "event": "asked", "service": "a"},
                  {"id": "3", "event": "asked", "service": "b"}, {"id": "4", "event": "asked", "service": "b"},
                  {"id": "5", "event": "source-answered", "service": "b"}, {"id": "6", "event": "asked", "service": "c"},
                  {"id": "7", "event": "deferred", "service": "c"}]}
                """;

        ProgressView view = ProgressView.of(
                JSON.readTree(steps), JSON.readTree(events), new Words.In(JSON.createObjectNode(), Language.EN));

        assertThat(view.sources())
                .extracting(ProgressView.Source::state)
                .containsExactly("asked", "answered", "asked", "deferred", "waiting");
        assertThat(view.last()).isEqualTo("7");
        assertThat(view.done()).isEqualTo(2);
    }
}
