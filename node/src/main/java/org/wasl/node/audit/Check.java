package org.wasl.node.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasl.security.registry.Label;

/**
 * What one check found.
 *
 * @param id its name for machines
 * @param outcome how it came out
 * @param question what was asked
 * @param finding what was found
 * @param evidence the files of the bundle that show it
 */
public record Check(String id, Outcome outcome, Label question, Label finding, List<String> evidence) {

    /** How a check came out. */
    public enum Outcome {
        /** It holds, and the evidence shows it. */
        HOLDS("ثابت", "holds"),
        /** It does not hold, and the evidence shows that. */
        FAILS("غير ثابت", "does not hold"),
        /** What is here does not tell. */
        UNKNOWN("غير معلوم", "cannot be told");

        private final Label label;

        Outcome(String arabic, String english) {
            this.label = new Label(arabic, english);
        }

        /** Its name for people. */
        public Label label() {
            return label;
        }
    }

    public Check {
        evidence = List.copyOf(evidence);
    }

    /** The check for machines: maps, lists and strings, in a stable order. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("outcome", outcome.name());
        document.put("question", both(question));
        document.put("finding", both(finding));
        document.put("evidence", evidence);
        return document;
    }

    static Map<String, String> both(Label label) {
        Map<String, String> both = new LinkedHashMap<>();
        both.put("ar", label.arabic());
        both.put("en", label.english());
        return both;
    }
}
