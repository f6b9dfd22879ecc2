package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.BusClient;
import org.wasl.screens.frame.Language;

/** What members and the fields and codes of records are called; asked of the bus now and then, and kept meanwhile. */
public final class Words {

    private static final Duration FRESH = Duration.ofMinutes(5);

    private final BusClient client;
    private volatile Kept kept = new Kept(MissingNode.getInstance(), 0);

    private record Kept(JsonNode terms, long untilNanos) {}

    public Words(BusClient client) {
        this.client = client;
    }

    /** The words of this language. */
    In in(Language language) {
        return new In(terms(), language);
    }

    private JsonNode terms() {
        Kept known = kept;
        if (!known.terms().isMissingNode() && System.nanoTime() - known.untilNanos() < 0) {
            return known.terms();
        }
        ApiAnswer answer = client.as(Optional.empty(), Locale.ENGLISH).get("/catalogue/terms");
        if (answer instanceof ApiAnswer.Given given) {
            kept = new Kept(given.body(), System.nanoTime() + FRESH.toNanos());
            return given.body();
        }
        return known.terms(); // names of yesterday, or codes, rather than no page
    }

    /** Words in one language; what is not known stays as its code. */
    record In(JsonNode terms, Language language) {

        String member(String id) {
            return text(terms.path("members").path(id), id);
        }

        /** The type of the record that answers call by this name; empty when no schema has it. */
        String record(String name) {
            for (Map.Entry<String, JsonNode> record : terms.path("records").properties()) {
                if (record.getKey().endsWith(":" + name)) {
                    return record.getValue().asText();
                }
            }
            return "";
        }

        String field(String type, String name) {
            return text(terms.path("types").path(type).path("fields").path(name).path("name"), name);
        }

        String typeOf(String type, String field) {
            return terms.path("types")
                    .path(type)
                    .path("fields")
                    .path(field)
                    .path("type")
                    .asText("");
        }

        /** What a coded value is called; empty when it is none. */
        Optional<String> value(String type, String code) {
            JsonNode label = terms.path("types").path(type).path("values").path(code);
            return label.isMissingNode() ? Optional.empty() : Optional.of(text(label, code));
        }

        /**
         * What the fields at this path of a record are called: {@code vehicles/vehicle/plate}, or all of a record. What has
         * no name in this language is left out.
         */
        List<String> fields(String path) {
            String[] parts = path.split("/");
            String type = record(parts[0]);
            String name = "";
            for (int i = 1; i < parts.length; i++) {
                name = named(type, parts[i]);
                type = typeOf(type, parts[i]);
            }
            if (parts.length > 1) {
                return name.isEmpty() ? List.of() : List.of(name);
            }
            List<String> names = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field :
                    terms.path("types").path(type).path("fields").properties()) {
                String one = named(type, field.getKey());
                if (!one.isEmpty() && !"synthetic".equals(field.getKey())) {
                    names.add(one);
                }
            }
            return names;
        }

        private String named(String type, String field) {
            String name = field(type, field);
            return name.equals(field) ? "" : name;
        }

        /** The label in this language. */
        String text(JsonNode label, String otherwise) {
            return label.path(language.code()).asText(otherwise);
        }
    }
}
