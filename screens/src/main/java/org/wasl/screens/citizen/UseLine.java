package org.wasl.screens.citizen;

import java.util.List;
import java.util.stream.Collectors;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.Reading;

/**
 * One use of one's data as a sentence.
 *
 * @param key the key of the sentence, which takes who, what, and what for
 * @param kind what the line's sign is: {@code eye}, {@code info}, {@code bad}, {@code search}
 * @param id by which it can be asked about; empty when it cannot
 */
public record UseLine(
        String id,
        String kind,
        String key,
        String who,
        String system,
        String what,
        String purpose,
        String at,
        String minute,
        List<Reading> parts) {

    static UseLine of(Reading use, Language language) {
        Reading details = use.in("details");
        List<Reading> parts = details.all("parts");
        String kind = details.text("kind");
        boolean given = parts.isEmpty() || parts.stream().anyMatch(part -> !part.has("outcome"));
        String what = details.has("id")
                ? parts.stream()
                        .map(part -> part.text("serviceName"))
                        .distinct()
                        .collect(Collectors.joining(language == Language.AR ? "، " : ", "))
                : use.text("action");
        return new UseLine(
                details.text("id"),
                sign(kind, given),
                key(kind, given),
                use.text("receiverName"),
                use.text("receiverSystem"),
                what,
                details.text("purposeName"),
                use.text("logtime"),
                use.minute("logtime"),
                parts);
    }

    private static String key(String kind, boolean given) {
        return switch (kind) {
            case "ASKED" -> given ? "citizen.sentence.asked" : "citizen.sentence.refused";
            case "TOLD" -> "citizen.sentence.told";
            case "AUDITED" -> "citizen.sentence.audited";
            default -> "citizen.sentence.other";
        };
    }

    private static String sign(String kind, boolean given) {
        return switch (kind) {
            case "TOLD" -> "info";
            case "AUDITED" -> "search";
            default -> given ? "eye" : "lock";
        };
    }
}
