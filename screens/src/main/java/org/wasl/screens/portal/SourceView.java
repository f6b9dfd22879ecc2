package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;

/**
 * What one source said, and what is known of its saying so.
 *
 * @param status as the answer has it, such as {@code AVAILABLE}
 * @param kind how good that is: {@code good}, {@code warn}, {@code bad}, {@code wait} or {@code info}
 * @param reasons why it stands in the way; empty when it does not
 * @param answered when its signed message was logged; empty when none came
 * @param asOf from when the source holds it to be true; empty when it does not say
 * @param age how old that was; empty when it is fresh
 * @param fault why it did not answer, in words; empty when it did
 * @param later when it will answer; empty when it has
 * @param effect what became of what was to be changed, the end of a text's key; empty when nothing was
 * @param evidence the id of its signed message; empty when there is none
 */
record SourceView(
        String step,
        String label,
        String agency,
        String service,
        String status,
        String kind,
        boolean required,
        List<String> reasons,
        String answered,
        String asOf,
        Optional<Span> age,
        boolean earlier,
        List<RecordPart> parts,
        String fault,
        Optional<Later> later,
        String effect,
        String evidence) {

    private static final long FRESH_SECONDS = 120;

    /**
     * A later answer.
     *
     * @param reason why later
     * @param expected by when it is expected; empty when nobody said
     * @param openUntil until when it may come
     * @param reference under which the source knows it
     */
    record Later(String reason, String expected, String openUntil, String reference) {}

    static SourceView of(
            JsonNode source, List<String> reasons, Map<String, String> told, Words.In words, MessageSource texts) {
        String status = source.path("status").asText();
        long age = source.path("ageSeconds").asLong(0);
        String reply = source.path("reply").path("messageId").asText("");
        JsonNode later = source.path("later");
        return new SourceView(
                source.path("step").asText(),
                words.text(source.path("label"), ""),
                words.member(source.path("member").asText()),
                source.path("service").asText(),
                status,
                kind(status, !reasons.isEmpty()),
                source.path("required").asBoolean(),
                reasons,
                moment(told.getOrDefault(reply, ""), words),
                moment(source.path("asOf").asText(""), words),
                age > FRESH_SECONDS ? Optional.of(Span.ofSeconds(age)) : Optional.empty(),
                source.has("earlier"),
                new RecordReader(words, texts).read(source.path("record")),
                words.text(source.path("fault").path("label"), ""),
                later.isMissingNode() ? Optional.empty() : Optional.of(later(later, words)),
                source.path("effect")
                        .path("state")
                        .asText("")
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'),
                reply);
    }

    private static Later later(JsonNode later, Words.In words) {
        return new Later(
                words.text(later.path("reason").path("label"), ""),
                moment(later.path("expected").asText(""), words),
                moment(later.path("openUntil").asText(""), words),
                later.path("reference").asText(""));
    }

    private static String moment(String instant, Words.In words) {
        return instant.isEmpty() ? "" : Moments.moment(instant, words.language());
    }

    static String kind(String status, boolean blocks) {
        return switch (status) {
            case "AVAILABLE" -> blocks ? "bad" : "good";
            case "DEFERRED" -> "wait";
            case "NOT_APPLICABLE" -> "info";
            case "REFUSED", "UNAVAILABLE", "INVALID" -> "bad";
            default -> "warn";
        };
    }

    /** The text's key. */
    public String statusKey() {
        return "portal.status." + status.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What to do about it, when the decision lacks it: the text's key. */
    public String adviceKey() {
        return switch (status) {
            case "DEFERRED" -> "portal.advice.deferred";
            case "UNAVAILABLE", "TIMED_OUT" -> "portal.advice.again";
            case "NOT_FOUND" -> "portal.advice.not-found";
            case "STALE" -> "portal.advice.stale";
            case "INCOMPLETE_COVERAGE" -> "portal.advice.coverage";
            case "REFUSED" -> "portal.advice.refused";
            default -> "portal.advice.agency";
        };
    }
}
