package org.wasl.node.edge.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.node.edge.audit.AuditSettings;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.Names;
import org.wasl.node.edge.audit.RequestOutcomes;
import org.wasl.node.edge.audit.RequestStatus;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Label;

/** Tells uses in words, in Arabic or English. */
final class UsageTexts {

    private static final Label EARLIER = new Label("جواب سابق محفوظ", "an earlier answer");
    private static final Label SYSTEM_OF_AUDITS = new Label("سجل الرسائل", "Message log");

    private final Names names;
    private final AuditSettings audits;
    private final RequestOutcomes outcomes;

    UsageTexts(AuditedLog log, Names names, AuditSettings audits) {
        this.names = names;
        this.audits = audits;
        this.outcomes = new RequestOutcomes(log);
    }

    /** @param locale {@code ar} or {@code en} */
    Usage tell(Use use, String locale) {
        if (use instanceof Use.Audited audited) {
            return new Usage(
                    audited.at().toString(),
                    names.purpose(audited.purpose()).in(locale),
                    audits.bodyCode(),
                    audits.body().in(locale),
                    SYSTEM_OF_AUDITS.in(locale));
        }
        if (use instanceof Use.Told told) {
            return event(told, locale);
        }
        Use.Asked asked = (Use.Asked) use;
        SubsystemId receiver = receiver(asked);
        return new Usage(
                asked.at().toString(),
                action(asked, locale),
                receiver.member().toString(),
                names.member(receiver.member()).in(locale),
                names.subsystem(receiver).in(locale));
    }

    private Usage event(Use.Told told, String locale) {
        ServiceId type = service(told.event());
        SubsystemId receiver = consumer(told.event());
        String purpose =
                names.purpose(Objects.requireNonNull(told.event().purpose())).in(locale);
        String publisher = names.member(type.member()).in(locale);
        String what = names.service(type).in(locale);
        return new Usage(
                told.at().toString(),
                purpose + ": "
                        + ("ar".equals(locale)
                                ? "أبلغت " + publisher + " عن: " + what
                                : publisher + " told of: " + what),
                receiver.member().toString(),
                names.member(receiver.member()).in(locale),
                names.subsystem(receiver).in(locale));
    }

    /** Who asked first: of a composite request, where the person or officer asked, not what asked the agencies for it. */
    private static SubsystemId receiver(Use.Asked asked) {
        return consumer(asked.parts().get(0));
    }

    private String action(Use.Asked asked, String locale) {
        List<Leaf> told = new ArrayList<>(asked.parts());
        if (told.size() > 1) {
            // The composite request itself says no more than its purpose and its parts do.
            told.removeIf(part -> service(part).member().equals(consumer(part).member()));
        }
        if (told.isEmpty()) {
            told.addAll(asked.parts());
        }
        String separator = "ar".equals(locale) ? "؛ " : "; ";
        List<String> parts = told.stream().map(part -> part(part, locale)).toList();
        String purpose = names.purpose(
                        Objects.requireNonNull(asked.parts().get(0).purpose()))
                .in(locale);
        return purpose + ": " + String.join(separator, parts);
    }

    private String part(Leaf part, String locale) {
        ServiceId service = service(part);
        String text = names.service(service).in(locale) + " ("
                + names.member(service.member()).in(locale) + ")";
        if (PersonUses.isEarlierAnswer(part)) {
            return text + " [" + EARLIER.in(locale) + "]";
        }
        Optional<RequestOutcomes.Outcome> outcome = outcomes.of(part);
        if (outcome.isEmpty() || outcome.get().status() == RequestStatus.ANSWERED) {
            return text;
        }
        String why = Optional.ofNullable(outcome.get().fault())
                .flatMap(FaultCode::byWireCode)
                .map(code -> ": " + ("ar".equals(locale) ? code.arabic() : code.english()))
                .orElse("");
        return text + " [" + outcome.get().status().label().in(locale) + why + "]";
    }

    private static ServiceId service(Leaf part) {
        return ServiceId.parse(Objects.requireNonNull(part.service()));
    }

    private static SubsystemId consumer(Leaf part) {
        return SubsystemId.parse(Objects.requireNonNull(part.consumer()));
    }
}
