package org.wasl.node.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.agreement.AccessRule;
import org.wasl.security.agreement.AccessTrace;
import org.wasl.security.agreement.Evaluation;
import org.wasl.security.agreement.Finding;
import org.wasl.security.agreement.RefusalDetail;
import org.wasl.security.agreement.RuleText;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.FieldLabels;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.OpeningHours;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/** A decision with its trace, for people and for scripts. */
final class AgreementAnswer {

    /** What the answer is. */
    enum Verdict {
        YES,
        /** Yes, if what cannot be told from the question turns out so. */
        IF,
        NO
    }

    private final AccessRequest question;
    private final AccessTrace trace;
    private final Registry registry;
    private final FieldLabels labels;
    private final @Nullable Evaluation deciding;
    private final Verdict verdict;

    AgreementAnswer(AccessRequest question, AccessTrace trace, Registry registry, FieldLabels labels) {
        this.question = question;
        this.trace = trace;
        this.registry = registry;
        this.labels = labels;
        this.deciding = first(Evaluation.Verdict.ALLOWED)
                .or(() -> first(Evaluation.Verdict.CONDITIONAL))
                .or(() -> first(Evaluation.Verdict.UNDETERMINED))
                .orElse(null);
        if (deciding == null) {
            this.verdict = Verdict.NO;
        } else {
            this.verdict = deciding.verdict() == Evaluation.Verdict.ALLOWED ? Verdict.YES : Verdict.IF;
        }
    }

    private Optional<Evaluation> first(Evaluation.Verdict wanted) {
        return trace.evaluations().stream()
                .filter(evaluation -> evaluation.verdict() == wanted)
                .findFirst();
    }

    Verdict verdict() {
        return verdict;
    }

    private Optional<Fault> refusal() {
        return verdict == Verdict.NO && trace.decision() instanceof AccessDecision.Denied denied
                ? Optional.of(denied.fault())
                : Optional.empty();
    }

    /** The conditions under which a conditional yes is one. */
    private static List<Label> conditions(Evaluation evaluation) {
        return evaluation.findings().stream()
                .filter(finding ->
                        finding.outcome() == Finding.Outcome.UNKNOWN || finding.outcome() == Finding.Outcome.IN_RECORD)
                .map(finding -> RuleText.demand(finding.rule(), evaluation))
                .toList();
    }

    // For people

    void print(Console console) {
        String locale = console.texts().language();
        console.say(
                "agreement.question",
                question.consumer(),
                question.service(),
                question.purpose(),
                question.legalBasis(),
                question.actor().kind(),
                question.actor().assurance(),
                question.at());
        switch (verdict) {
            case YES -> console.say("agreement.yes", agreementId());
            case IF -> {
                console.say("agreement.if", agreementId());
                conditions(chosen()).forEach(condition -> console.print("  - " + condition.in(locale)));
            }
            case NO ->
                console.say(
                        "agreement.no",
                        refusal()
                                .map(fault -> RefusalDetail.explanation(fault, locale)
                                        .orElseGet(() -> arabic(locale)
                                                ? fault.code().arabic()
                                                : fault.code().english()))
                                .orElse(""),
                        refusal().map(fault -> fault.code().wireCode()).orElse(""));
        }
        trace.evaluations().forEach(evaluation -> print(console, evaluation, locale));
        if (deciding != null) {
            printReleased(console, deciding.agreement(), locale);
        }
        nextOpening().ifPresent(opening -> console.say("agreement.next-opening", opening));
    }

    private void print(Console console, Evaluation evaluation, String locale) {
        console.print("");
        console.say("agreement.traced", evaluation.agreement().id());
        Table table = new Table("  ");
        for (Finding finding : evaluation.findings()) {
            table.row(
                    "  " + sign(finding.outcome()),
                    finding.rule().label().in(locale),
                    RuleText.demand(finding.rule(), evaluation).in(locale));
        }
        table.lines().forEach(console::print);
    }

    private void printReleased(Console console, Agreement agreement, String locale) {
        console.print("");
        console.say(agreement.confidential() ? "agreement.released-encrypted" : "agreement.released");
        Table table = new Table("  ");
        released(agreement).forEach((path, label) -> table.row("  " + path, label.in(locale)));
        table.lines().forEach(console::print);
    }

    private static String sign(Finding.Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "✓";
            case FAILED -> "✗";
            case IN_RECORD, UNKNOWN -> "?";
            case NOT_ASKED -> "-";
        };
    }

    private static boolean arabic(String locale) {
        return locale.startsWith("ar");
    }

    private Evaluation chosen() {
        if (deciding == null) {
            throw new IllegalStateException("no agreement decides in favour");
        }
        return deciding;
    }

    private String agreementId() {
        return chosen().agreement().id();
    }

    private Map<String, Label> released(Agreement agreement) {
        Map<String, Label> fields = new LinkedHashMap<>();
        Optional<Service> service = registry.service(agreement.service());
        for (String path : agreement.released()) {
            fields.put(path, service.map(known -> labels.label(known, path)).orElseGet(() -> new Label(path, path)));
        }
        return fields;
    }

    /** When the agreement that came closest opens next, when its hours are why it refuses. */
    private Optional<Instant> nextOpening() {
        return trace.evaluations().stream()
                .filter(evaluation -> verdict == Verdict.NO
                        && evaluation.failed().filter(AccessRule.HOURS::equals).isPresent())
                .flatMap(evaluation -> {
                    OpeningHours hours = evaluation.agreement().hours();
                    return hours == null
                            ? java.util.stream.Stream.<Instant>empty()
                            : hours.nextOpening(question.at()).stream();
                })
                .min(java.util.Comparator.naturalOrder());
    }

    // For scripts

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("question", asked());
        document.put("answer", verdict.name().toLowerCase(java.util.Locale.ROOT));
        document.put("registryVersion", registry.version());
        if (deciding != null) {
            Evaluation chosen = deciding;
            document.put("agreement", chosen.agreement().id());
            document.put(
                    "conditions",
                    conditions(chosen).stream().map(AgreementAnswer::document).toList());
            List<Map<String, Object>> fields = new ArrayList<>();
            released(chosen.agreement()).forEach((path, label) -> {
                Map<String, Object> field = new LinkedHashMap<>();
                field.put("path", path);
                field.put("label", document(label));
                fields.add(field);
            });
            document.put("released", fields);
            document.putAll(AgreementTerms.document(chosen.agreement()));
        }
        refusal().ifPresent(fault -> document.put("refusal", document(fault)));
        nextOpening().ifPresent(opening -> document.put("nextOpening", opening.toString()));
        document.put(
                "agreements",
                trace.evaluations().stream().map(AgreementAnswer::document).toList());
        return document;
    }

    private Map<String, Object> asked() {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("consumer", question.consumer().toString());
        asked.put("service", question.service().toString());
        asked.put("purpose", question.purpose());
        asked.put("legalBasis", question.legalBasis());
        asked.put("actor", question.actor().kind());
        asked.put("assurance", question.actor().assurance());
        asked.put("assertion", question.assertion() != null);
        Optional.ofNullable(question.caseReference()).ifPresent(value -> asked.put("case", value));
        Optional.ofNullable(question.representedParty()).ifPresent(value -> asked.put("represents", value));
        asked.put("at", question.at().toString());
        return asked;
    }

    private static Map<String, Object> document(Fault fault) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("code", fault.code().wireCode());
        AccessRule.of(fault.code()).ifPresent(rule -> document.put("rule", rule.wireName()));
        RefusalDetail.agreement(fault).ifPresent(id -> document.put("agreement", id));
        document.put("detail", fault.detail());
        document.put(
                "explanation",
                Map.of(
                        "ar",
                        RefusalDetail.explanation(fault, "ar")
                                .orElse(fault.code().arabic()),
                        "en",
                        RefusalDetail.explanation(fault, "en")
                                .orElse(fault.code().english())));
        return document;
    }

    private static Map<String, Object> document(Evaluation evaluation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", evaluation.agreement().id());
        document.put("verdict", evaluation.verdict());
        document.put(
                "rules",
                evaluation.findings().stream()
                        .map(finding -> {
                            Map<String, Object> rule = new LinkedHashMap<>();
                            rule.put("rule", finding.rule().wireName());
                            rule.put("label", document(finding.rule().label()));
                            rule.put("outcome", finding.outcome());
                            rule.put("demand", document(RuleText.demand(finding.rule(), evaluation)));
                            return rule;
                        })
                        .toList());
        return document;
    }

    private static Map<String, String> document(Label label) {
        return Map.of("ar", label.arabic(), "en", label.english());
    }
}
