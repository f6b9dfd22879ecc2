package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.MessageSource;

/**
 * A consolidated answer, final or with parts still to come.
 *
 * @param outcome what follows: {@code clear}, {@code blocked}, {@code undetermined} or {@code pending}
 * @param kind how good that is
 * @param complete whether every source answered
 * @param sources what each said
 * @param missing those of the sources that the decision lacks
 * @param dues what is owed
 */
record AnswerView(
        String outcome,
        String kind,
        boolean complete,
        String asked,
        String answered,
        List<SourceView> sources,
        List<SourceView> missing,
        Dues dues) {

    private static final List<String> DUE = List.of("totalDue", "totalDues", "due", "dues");

    /**
     * What is owed.
     *
     * @param any whether anything is
     * @param total with three decimals and the currency; empty when no source names dues
     * @param items to whom how much; empty when the sources do not say it so that the sum is the total
     */
    record Dues(boolean any, String total, List<Due> items) {

        static final Dues NONE = new Dues(false, "", List.of());
    }

    /** One agency's. */
    record Due(String agency, String label, String amount) {}

    static AnswerView of(JsonNode answer, Map<String, String> told, Words.In words, MessageSource texts) {
        Map<String, List<String>> reasons = new HashMap<>();
        answer.path("reason")
                .forEach(reason -> reasons.computeIfAbsent(reason.path("step").asText(""), step -> new ArrayList<>())
                        .add(words.text(reason.path("label"), "")));
        List<String> lacking = new ArrayList<>();
        answer.path("missing").forEach(one -> lacking.add(one.path("step").asText()));
        List<SourceView> sources = new ArrayList<>();
        answer.path("source").forEach(source -> {
            List<String> own = reasons.getOrDefault(source.path("step").asText(), List.of());
            sources.add(SourceView.of(source, own, told, words, texts));
        });
        String outcome = outcome(answer);
        return new AnswerView(
                outcome,
                switch (outcome) {
                    case "clear" -> "good";
                    case "blocked" -> "bad";
                    case "pending" -> "wait";
                    default -> "warn";
                },
                "COMPLETE".equals(answer.path("overall").asText()),
                Moments.moment(answer.path("asked").asText(), words.language()),
                Moments.moment(answer.path("answered").asText(), words.language()),
                sources,
                sources.stream()
                        .filter(source -> lacking.contains(source.step()))
                        .toList(),
                dues(answer, words));
    }

    private static String outcome(JsonNode answer) {
        if ("PENDING".equals(answer.path("overall").asText())) {
            return "pending";
        }
        return switch (answer.path("decision").asText()) {
            case "CLEAR" -> "clear";
            case "BLOCKED" -> "blocked";
            default -> "undetermined";
        };
    }

    /** By agency only where the parts sum exactly to the signed total: else somebody would be told a wrong share. */
    private static Dues dues(JsonNode answer, Words.In words) {
        JsonNode total = answer.path("totalDues");
        if (total.isMissingNode()) {
            return Dues.NONE;
        }
        BigDecimal sum = BigDecimal.ZERO;
        List<Due> items = new ArrayList<>();
        for (JsonNode source : answer.path("source")) {
            JsonNode due = due(source.path("record"));
            if (!due.isMissingNode()) {
                BigDecimal amount = new BigDecimal(due.path("value").asText("0"));
                sum = sum.add(amount);
                if (amount.signum() != 0) {
                    items.add(new Due(
                            words.member(source.path("member").asText()),
                            words.text(source.path("label"), ""),
                            money(due)));
                }
            }
        }
        BigDecimal value = new BigDecimal(total.path("value").asText("0"));
        return new Dues(value.signum() > 0, money(total), sum.compareTo(value) == 0 ? items : List.of());
    }

    private static JsonNode due(JsonNode record) {
        for (JsonNode root : record) {
            for (String name : DUE) {
                if (root.path(name).has("currency")) {
                    return root.path(name);
                }
            }
        }
        return record.path("none");
    }

    private static String money(JsonNode money) {
        return money.path("value").asText() + " " + money.path("currency").asText();
    }

    /** The sources that stand in the way. */
    public List<SourceView> blocking() {
        return sources.stream().filter(source -> !source.reasons().isEmpty()).toList();
    }
}
