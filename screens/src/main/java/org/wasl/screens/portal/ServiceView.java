package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service before it is asked: what it needs, whom it will ask for what, and why.
 *
 * @param agencies whom it asks, each once, in the order of asking
 * @param forCitizens whether citizens may ask it by themselves
 */
record ServiceView(
        String code,
        String name,
        String purpose,
        String legalBasis,
        boolean changes,
        boolean forCitizens,
        List<Agency> agencies,
        List<InputField> inputs) {

    /** @param questions what it is asked */
    record Agency(String name, List<Question> questions) {}

    /**
     * One question to an agency.
     *
     * @param fields what it may answer: the fields that its agreements give for this purpose
     */
    record Question(String label, boolean required, List<String> fields) {}

    static ServiceView of(JsonNode declaration, Words.In words) {
        Map<String, List<Question>> byMember = new LinkedHashMap<>();
        for (JsonNode step : declaration.path("steps")) {
            List<String> fields = new ArrayList<>();
            step.path("fields").forEach(path -> words.fields(path.asText()).stream()
                    .filter(name -> !fields.contains(name))
                    .forEach(fields::add));
            byMember.computeIfAbsent(step.path("member").asText(), member -> new ArrayList<>())
                    .add(new Question(
                            words.text(step.path("label"), ""),
                            step.path("required").asBoolean(),
                            fields));
        }
        List<Agency> agencies = new ArrayList<>();
        byMember.forEach((member, questions) -> agencies.add(new Agency(words.member(member), questions)));
        List<InputField> inputs = new ArrayList<>();
        declaration.path("inputs").forEach(input -> inputs.add(InputField.of(input, words)));
        List<String> askers = new ArrayList<>();
        declaration.path("askers").forEach(asker -> askers.add(asker.asText()));
        return new ServiceView(
                declaration.path("service").asText(),
                words.text(declaration.path("name"), ""),
                words.text(declaration.path("purposeName"), ""),
                words.text(declaration.path("legalBasisName"), ""),
                declaration.path("changes").asBoolean(),
                askers.contains("CITIZEN"),
                agencies,
                inputs);
    }
}
