package org.wasl.node.edge.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.store.LogQuery;

/**
 * What an auditor searches for; null asks for nothing.
 *
 * @param reason why, for people
 * @param caseReference the audit's or case's reference
 * @param investigation whether the person is told later only
 * @param subject the plain value of the subject, such as a national number; it is kept nowhere
 * @param person the opaque id of who asked
 * @param limit how many leaves a page has at most
 * @param cursor where the page begins
 */
record AuditSearch(
        String reason,
        @Nullable String caseReference,
        boolean investigation,
        @Nullable String subject,
        @Nullable String consumer,
        @Nullable String provider,
        @Nullable String service,
        @Nullable String purpose,
        @Nullable String person,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable RequestStatus status,
        @Nullable String refusalCode,
        @Nullable String correlationId,
        int limit,
        @Nullable String cursor) {

    /** What the log is asked; subject and status are not in it. */
    LogQuery query() {
        return LogQuery.all()
                .withConsumer(consumer)
                .withProvider(provider)
                .withService(service)
                .withPurpose(purpose)
                .withActor(person)
                .withFault(refusalCode)
                .withCorrelationId(correlationId)
                .between(from, to);
    }

    /** What was asked for, as it may be kept: whether for a subject, but never for which. */
    Map<String, Object> criteria() {
        Map<String, Object> criteria = new LinkedHashMap<>();
        if (subject != null) {
            criteria.put("subject", true);
        }
        put(criteria, "consumer", consumer);
        put(criteria, "provider", provider);
        put(criteria, "service", service);
        put(criteria, "purpose", purpose);
        put(criteria, "person", person);
        put(criteria, "from", from);
        put(criteria, "to", to);
        put(criteria, "status", status);
        put(criteria, "refusalCode", refusalCode);
        put(criteria, "correlationId", correlationId);
        return criteria;
    }

    private static void put(Map<String, Object> criteria, String name, @Nullable Object value) {
        if (value != null) {
            criteria.put(name, value.toString());
        }
    }

    @Override
    public String toString() {
        // Without the subject: this could end up in a log.
        return "search by " + criteria().keySet();
    }
}
