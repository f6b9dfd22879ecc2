package org.wasl.security.agreement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.security.agreement.Finding.Outcome;
import org.wasl.security.assertion.Mandate;
import org.wasl.security.assertion.VerifiedAssertion;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.OpeningHours;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Service;

/** Puts every rule of one agreement to one request, except the quota, which is whoever counts' business. */
final class RuleCheck {

    private final AccessRequest request;
    private final @Nullable Service service;

    /** @param service the service as registered; null when it is not */
    RuleCheck(AccessRequest request, @Nullable Service service) {
        this.request = request;
        this.service = service;
    }

    /** What the rules that concern the person found. */
    private record PersonFindings(
            ActorRule rule,
            Outcome assertion,
            Outcome assurance,
            Finding subject,
            @Nullable String owner) {

        /** How far it came: the first rule that does not allow, and whether it refuses. */
        int closeness() {
            Outcome[] outcomes = {assertion, assurance, subject.outcome()};
            for (int i = 0; i < outcomes.length; i++) {
                if (outcomes[i] == Outcome.FAILED) {
                    return i;
                }
            }
            for (Outcome outcome : outcomes) {
                if (outcome == Outcome.UNKNOWN) {
                    return outcomes.length;
                }
            }
            return subject.outcome() == Outcome.IN_RECORD ? outcomes.length + 1 : outcomes.length + 2;
        }
    }

    Evaluation evaluate(Agreement agreement) {
        List<Finding> findings = new ArrayList<>();
        Set<String> bases = agreement.purposes().get(request.purpose());
        findings.add(finding(AccessRule.PURPOSE, bases != null));
        findings.add(
                bases == null
                        ? new Finding(AccessRule.LEGAL_BASIS, Outcome.NOT_ASKED)
                        : finding(AccessRule.LEGAL_BASIS, bases.contains(request.legalBasis())));
        Instant at = request.at();
        findings.add(
                finding(AccessRule.VALIDITY, !at.isBefore(agreement.validFrom()) && at.isBefore(agreement.validTo())));
        Instant withdrawn = agreement.withdrawn();
        findings.add(finding(AccessRule.WITHDRAWAL, withdrawn == null || at.isBefore(withdrawn)));
        Optional<PersonFindings> person = agreement.actors().stream()
                .filter(rule -> rule.kind() == request.actor().kind())
                .map(this::person)
                .max(Comparator.comparingInt(PersonFindings::closeness));
        findings.add(finding(AccessRule.ACTOR, person.isPresent()));
        findings.add(new Finding(
                AccessRule.ASSERTION, person.map(PersonFindings::assertion).orElse(Outcome.NOT_ASKED)));
        findings.add(new Finding(
                AccessRule.ASSURANCE, person.map(PersonFindings::assurance).orElse(Outcome.NOT_ASKED)));
        findings.add(person.map(PersonFindings::subject)
                .orElseGet(() -> new Finding(AccessRule.SUBJECT, Outcome.NOT_ASKED)));
        OpeningHours hours = agreement.hours();
        findings.add(finding(AccessRule.HOURS, hours == null || hours.isOpen(at)));
        return new Evaluation(
                agreement,
                person.map(PersonFindings::rule).orElse(null),
                findings,
                person.map(PersonFindings::owner).orElse(null));
    }

    private PersonFindings person(ActorRule rule) {
        Outcome assertion = assertion(rule);
        Outcome assurance = assurance(rule);
        return switch (rule.subject()) {
            case ANY -> new PersonFindings(rule, assertion, assurance, passed(AccessRule.SUBJECT), null);
            case CASE -> {
                String reference = request.caseReference();
                boolean named = reference != null && !reference.isBlank();
                yield new PersonFindings(rule, assertion, assurance, finding(AccessRule.CASE_REFERENCE, named), null);
            }
            case OWN -> {
                VerifiedAssertion who = request.assertion();
                yield about(rule, assertion, assurance, AccessRule.SUBJECT, who == null ? null : who.nationalNumber());
            }
            case MANDATE -> {
                VerifiedAssertion who = request.assertion();
                Mandate mandate = who == null ? null : who.mandate();
                boolean represents = mandate != null && mandate.party().equals(request.representedParty());
                yield about(
                        rule,
                        assertion,
                        assurance,
                        AccessRule.MANDATE,
                        mandate != null && represents ? mandate.nationalNumber() : null);
            }
        };
    }

    /** Whether the request is about this person, as far as it says so itself. */
    private PersonFindings about(
            ActorRule rule, Outcome assertion, Outcome assurance, AccessRule subject, @Nullable String person) {
        if (unchecked() && (subject == AccessRule.SUBJECT || request.representedParty() != null)) {
            return new PersonFindings(rule, assertion, assurance, new Finding(subject, Outcome.UNKNOWN), null);
        }
        if (person == null || service == null) {
            return new PersonFindings(rule, assertion, assurance, new Finding(subject, Outcome.FAILED), null);
        }
        if (service.ownerField() != null) {
            return new PersonFindings(rule, assertion, assurance, new Finding(subject, Outcome.IN_RECORD), person);
        }
        Optional<String> parameter = service.parameters().stream()
                .filter(Parameter::subject)
                .map(Parameter::name)
                .findFirst();
        Map<String, String> parameters = request.parameters();
        if (parameter.isPresent() && parameters == null) {
            return new PersonFindings(rule, assertion, assurance, new Finding(subject, Outcome.UNKNOWN), null);
        }
        // A service that is about nobody in particular has nothing that could be the person's own.
        boolean own = parameter.isPresent() && parameters != null && person.equals(parameters.get(parameter.get()));
        return new PersonFindings(rule, assertion, assurance, finding(subject, own), null);
    }

    private Outcome assertion(ActorRule rule) {
        VerifiedAssertion who = request.assertion();
        if (who == null) {
            if (!rule.assertionRequired()) {
                return Outcome.PASSED;
            }
            return unchecked() ? Outcome.UNKNOWN : Outcome.FAILED;
        }
        // One that speaks of somebody else than the header does proves that something is wrong.
        boolean same = who.kind() == request.actor().kind()
                && who.actorId().equals(request.actor().id());
        return same ? Outcome.PASSED : Outcome.FAILED;
    }

    /** The issuer's word on how well it knows the person goes before the consumer's. */
    private Outcome assurance(ActorRule rule) {
        VerifiedAssertion who = request.assertion();
        var level = who == null ? request.actor().assurance() : who.assurance();
        if (level.compareTo(rule.assurance()) >= 0) {
            return Outcome.PASSED;
        }
        return Outcome.FAILED;
    }

    /** Whether an assertion came that whoever asks has not checked. */
    private boolean unchecked() {
        return request.assertion() == null && request.actor().assertionDigest() != null;
    }

    private static Finding passed(AccessRule rule) {
        return new Finding(rule, Outcome.PASSED);
    }

    private static Finding finding(AccessRule rule, boolean passed) {
        return new Finding(rule, passed ? Outcome.PASSED : Outcome.FAILED);
    }
}
