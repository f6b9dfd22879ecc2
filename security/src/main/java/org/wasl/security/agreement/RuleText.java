package org.wasl.security.agreement;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.OpeningHours;
import org.wasl.security.registry.Quota;

/** What each rule of an agreement demands, as a sentence in Arabic and English; the same whether it was met or not. */
public final class RuleText {

    private static final Locale ARABIC = Locale.forLanguageTag("ar");

    private RuleText() {}

    /** What this rule of the agreement demands. */
    public static Label demand(AccessRule rule, Evaluation evaluation) {
        Agreement agreement = evaluation.agreement();
        ActorRule actor = evaluation.actor();
        return switch (rule) {
            case PURPOSE -> {
                String purposes = list(agreement.purposes().keySet());
                yield new Label("أغراضها: " + purposes, "it is for the purposes " + purposes);
            }
            case LEGAL_BASIS -> legalBasis(agreement);
            case VALIDITY ->
                new Label(
                        "سارية من " + agreement.validFrom() + " إلى ما قبل " + agreement.validTo(),
                        "it is in force from " + agreement.validFrom() + " until before " + agreement.validTo());
            case WITHDRAWAL ->
                agreement.withdrawn() == null
                        ? new Label("لم تُسحب", "it is not withdrawn")
                        : new Label(
                                "سُحبت اعتباراً من " + agreement.withdrawn(),
                                "it is withdrawn from " + agreement.withdrawn() + " on");
            case ACTOR -> actors(agreement);
            case ASSERTION ->
                actor != null && actor.assertionRequired()
                        ? new Label(
                                "يجب إثبات جهة الهوية لصاحب الطلب",
                                "an identity issuer's assertion about the very person who asks must come with the"
                                        + " request")
                        : new Label(
                                "لا يُطلب إثبات، وإن وُجد وجب أن يكون لصاحب الطلب",
                                "no assertion is asked for; one that comes must be about the actor");
            case ASSURANCE -> {
                AssuranceLevel level = actor == null ? AssuranceLevel.LOW : actor.assurance();
                yield new Label(
                        "مستوى التحقق من الهوية " + level + " على الأقل",
                        "the person's identity must be proven at level " + level + " at least");
            }
            case SUBJECT -> subject(actor);
            case CASE_REFERENCE ->
                new Label("ضمن قضية أو معاملة يذكرها الطلب", "only within a case that the request names");
            case MANDATE ->
                new Label(
                        "عن الجهة التي فُوّض صاحب الطلب عنها فقط",
                        "only about the party whom the person who asks may represent");
            case HOURS -> hours(agreement.hours());
            case QUOTA -> quota(agreement.quota());
        };
    }

    private static Label legalBasis(Agreement agreement) {
        String each = agreement.purposes().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(purpose -> purpose.getKey() + " (" + list(purpose.getValue()) + ")")
                .collect(Collectors.joining(", "));
        return new Label("السند القانوني لكل غرض: " + each, "each purpose rests on: " + each);
    }

    private static Label actors(Agreement agreement) {
        List<ActorKind> kinds =
                agreement.actors().stream().map(ActorRule::kind).distinct().toList();
        return new Label(
                "لفاعل بصفة " + kinds.stream().map(RuleText::arabic).collect(Collectors.joining(" أو ")),
                "it is for an actor of kind "
                        + kinds.stream().map(ActorKind::name).collect(Collectors.joining(" or ")));
    }

    private static String arabic(ActorKind kind) {
        return switch (kind) {
            case CITIZEN -> "مواطن";
            case OFFICER -> "موظف";
            case SYSTEM -> "نظام";
        };
    }

    private static Label subject(@Nullable ActorRule actor) {
        if (actor == null) {
            return new Label("بحسب صفة الفاعل", "it depends on the kind of actor");
        }
        return switch (actor.subject()) {
            case ANY -> new Label("عن أي شخص", "about anybody");
            case OWN ->
                new Label(
                        "عن صاحب الطلب نفسه أو ما يملكه فقط",
                        "only about the person who asks, or what belongs to them");
            case CASE, MANDATE -> new Label("", "");
        };
    }

    private static Label hours(@Nullable OpeningHours hours) {
        if (hours == null) {
            return new Label("في أي وقت", "at any hour");
        }
        return new Label(
                "في هذه الأوقات فقط: " + spans(hours, ARABIC, "، ") + " (" + hours.zone() + ")",
                "only " + spans(hours, Locale.ENGLISH, ", ") + " (" + hours.zone() + ")");
    }

    private static String spans(OpeningHours hours, Locale locale, String comma) {
        return hours.open().stream()
                .map(span -> span.days().stream()
                                .sorted(Comparator.comparing(DayOfWeek::getValue))
                                .map(day -> day.getDisplayName(TextStyle.FULL, locale))
                                .collect(Collectors.joining(" "))
                        + " " + span.from() + "-" + span.to())
                .collect(Collectors.joining(comma));
    }

    private static Label quota(Quota quota) {
        if (quota.perMinute().isEmpty() && quota.perDay().isEmpty()) {
            return new Label("بلا حد", "without limit");
        }
        StringBuilder arabic = new StringBuilder();
        StringBuilder english = new StringBuilder();
        quota.perMinute().ifPresent(limit -> {
            arabic.append(limit).append(" في الدقيقة");
            english.append(limit).append(" a minute");
        });
        quota.perDay().ifPresent(limit -> {
            arabic.append(arabic.isEmpty() ? "" : " و").append(limit).append(" في اليوم");
            english.append(english.isEmpty() ? "" : " and ").append(limit).append(" a day");
        });
        return new Label("بحد أقصى " + arabic, "at most " + english);
    }

    private static String list(Set<String> words) {
        return String.join(", ", new TreeSet<>(words));
    }
}
