package org.wasl.node.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.OpeningHours;

/** How often and when an agreement may be used, for scripts. */
final class AgreementTerms {

    private AgreementTerms() {}

    static Map<String, Object> document(Agreement agreement) {
        Map<String, Object> document = new LinkedHashMap<>();
        Map<String, Object> quota = new LinkedHashMap<>();
        agreement.quota().perMinute().ifPresent(limit -> quota.put("perMinute", limit));
        agreement.quota().perDay().ifPresent(limit -> quota.put("perDay", limit));
        if (!quota.isEmpty()) {
            document.put("quota", quota);
        }
        OpeningHours hours = agreement.hours();
        if (hours != null) {
            document.put(
                    "hours",
                    Map.of(
                            "zone",
                            hours.zone().getId(),
                            "open",
                            hours.open().stream()
                                    .map(span -> Map.of(
                                            "days",
                                                    span.days().stream()
                                                            .sorted()
                                                            .toList(),
                                            "from", span.from().toString(),
                                            "to", span.to().toString()))
                                    .toList()));
        }
        document.put("confidential", agreement.confidential());
        return document;
    }
}
