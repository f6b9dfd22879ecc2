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
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Label;

/** Tells uses in words, in Arabic or English. */
final class UsageTexts {

    private static final Label EARLIER = new Label("جواب سابق محفوظ", "an earlier answer");
    private static final Label SYSTEM_OF_AUDITS = new Label("سجل الرسائل", "Message log");

    private final AuditedLog log;
    private final Names names;
    private final AuditSettings audits;
    private final RequestOutcomes outcomes;

    UsageTexts(AuditedLog log, Names names, AuditSettings audits) {
        this.log = log;
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
                    SYSTEM_OF_AUDITS.in(locale),
                    details(audited, "AUDITED", List.of(), locale));
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
                names.subsystem(receiver).in(locale),
                details(asked, "ASKED", told(asked), locale));
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
                names.subsystem(receiver).in(locale),
                details(told, "TOLD", List.of(told.event()), locale));
    }

    private Usage.Details details(Use use, String kind, List<Leaf> parts, String locale) {
        return new Usage.Details(
                ToldUses.id(log, use),
                kind,
                use.purpose(),
                names.purpose(use.purpose()).in(locale),
                parts.stream()
                        .limit(Usage.MOST_PARTS)
                        .map(part -> apart(part, locale))
                        .toList());
    }

    private Usage.Part apart(Leaf part, String locale) {
        ServiceId service = service(part);
        return new Usage.Part(
                service.toString(),
                names.service(service).in(locale),
                service.member().toString(),
                names.member(service.member()).in(locale),
                PersonUses.isEarlierAnswer(part)
                        ? EARLIER.in(locale)
                        : outcome(part, locale).orElse(null));
    }

    /** The identifier of the body that received what was told of. */
    static String receiver(Use use, AuditSettings audits) {
        if (use instanceof Use.Asked asked) {
            return receiver(asked).member().toString();
        }
        return use instanceof Use.Told told ? consumer(told.event()).member().toString() : audits.bodyCode();
    }

    /** What the body of this identifier is called. */
    String receiverName(String code, String locale) {
        return code.equals(audits.bodyCode())
                ? audits.body().in(locale)
                : names.member(MemberId.parse(code)).in(locale);
    }

    /** What this purpose is called. */
    String purposeName(String code, String locale) {
        return names.purpose(code).in(locale);
    }

    /** Who asked first: of a composite request, where the person or officer asked, not what asked the agencies for it. */
    private static SubsystemId receiver(Use.Asked asked) {
        return consumer(asked.parts().get(0));
    }

    private static List<Leaf> told(Use.Asked asked) {
        List<Leaf> told = new ArrayList<>(asked.parts());
        if (told.size() > 1) {
            // The composite request itself says no more than its purpose and its parts do.
            told.removeIf(part -> service(part).member().equals(consumer(part).member()));
        }
        if (told.isEmpty()) {
            told.addAll(asked.parts());
        }
        return told;
    }

    private String action(Use.Asked asked, String locale) {
        String separator = "ar".equals(locale) ? "؛ " : "; ";
        List<String> parts =
                told(asked).stream().map(part -> part(part, locale)).toList();
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
        return outcome(part, locale).map(told -> text + " [" + told + "]").orElse(text);
    }

    /** What became of it; empty when data was given, or it is no request. */
    private Optional<String> outcome(Leaf part, String locale) {
        Optional<RequestOutcomes.Outcome> outcome = outcomes.of(part);
        if (outcome.isEmpty() || outcome.get().status() == RequestStatus.ANSWERED) {
            return Optional.empty();
        }
        String why = Optional.ofNullable(outcome.get().fault())
                .flatMap(FaultCode::byWireCode)
                .map(code -> ": " + ("ar".equals(locale) ? code.arabic() : code.english()))
                .orElse("");
        return Optional.of(outcome.get().status().label().in(locale) + why);
    }

    private static ServiceId service(Leaf part) {
        return ServiceId.parse(Objects.requireNonNull(part.service()));
    }

    private static SubsystemId consumer(Leaf part) {
        return SubsystemId.parse(Objects.requireNonNull(part.consumer()));
    }
}
