package org.wasl.security.agreement;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.SubjectScope;

/** How a refusal names agreement and rule in a fault's detail, and how people are told of it in their language. */
public final class RefusalDetail {

    private static final Pattern FORM = Pattern.compile("agreement ([A-Za-z0-9][A-Za-z0-9_-]{0,63}), rule [a-z-]+: .*");
    private static final String FIRST_STRONG_ISOLATE = "\u2068";
    private static final String POP_ISOLATE = "\u2069";

    private RefusalDetail() {}

    /** Said back to whoever asked: only what is in the registry, nothing of their own words. */
    static String of(Evaluation evaluation, AccessRule rule) {
        return "agreement " + evaluation.agreement().id() + ", rule " + rule.wireName() + ": "
                + RuleText.demand(rule, evaluation).english();
    }

    /** The refusal by an agreement of a record that turned out to be another person's. */
    public static Fault notTheirs(Agreement agreement) {
        Optional<ActorRule> own = agreement.actors().stream()
                .filter(actor -> actor.subject() == SubjectScope.OWN || actor.subject() == SubjectScope.MANDATE)
                .findFirst();
        AccessRule rule = own.filter(actor -> actor.subject() == SubjectScope.MANDATE)
                .map(actor -> AccessRule.MANDATE)
                .orElse(AccessRule.SUBJECT);
        return new Fault(
                rule.code(),
                Stage.AUTHORIZE,
                agreement.service().member().toString(),
                of(new Evaluation(agreement, own.orElse(null), List.of(), null), rule));
    }

    /** The agreement that a fault's detail names; empty when it names none. */
    public static Optional<String> agreement(Fault fault) {
        Matcher form = FORM.matcher(fault.detail());
        return AccessRule.of(fault.code()).isPresent() && form.matches()
                ? Optional.of(form.group(1))
                : Optional.empty();
    }

    /**
     * What a refusal by an agreement means and what can be done, in this language; empty for any other fault.
     *
     * @param locale {@code ar}, or English for any other
     */
    public static Optional<String> explanation(Fault fault, String locale) {
        boolean arabic = locale.startsWith("ar");
        if (fault.code() == FaultCode.AGREEMENT_NONE) {
            return Optional.of(
                    arabic
                            ? "لا توجد اتفاقية مسجلة بين الجهة الطالبة وهذه الخدمة، وما لا تسمح به اتفاقية فهو مرفوض."
                            : "No agreement is registered between the asking system and this service, and what no"
                                    + " agreement allows is refused.");
        }
        return AccessRule.of(fault.code()).map(rule -> {
            String why = rule.explanation().in(locale);
            String name = rule.label().in(locale);
            return agreement(fault)
                    .map(id -> arabic
                            ? "الاتفاقية " + FIRST_STRONG_ISOLATE + id + POP_ISOLATE + "، قاعدة " + name + ": " + why
                            : "Agreement " + id + ", rule on " + name + ": " + why)
                    .orElse(why);
        });
    }
}
