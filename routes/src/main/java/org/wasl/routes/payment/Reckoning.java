package org.wasl.routes.payment;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.AnswerSources;
import org.wasl.routes.composite.AnswerSources.Source;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeOffer.Fee;
import org.wasl.routes.composite.ExpressionFailedException;
import org.wasl.routes.composite.RecordExpression;
import org.wasl.routes.payment.PaymentRules.DiscountRule;
import org.wasl.routes.payment.PaymentRules.DueRule;

/** What a logged answer says is owed, item by item, exactly; never what a caller says. */
final class Reckoning {

    private final PaymentRules rules;

    Reckoning(PaymentRules rules) {
        this.rules = rules;
    }

    /** What came of it. */
    sealed interface Reckoned {

        /**
         * Items.
         *
         * @param items what is paid to whom
         * @param payBy until when, as far as the discounts let it
         */
        record Items(List<OrderItem> items, Instant payBy) implements Reckoned {}

        /** The answer says that nothing is owed. */
        record Nothing() implements Reckoned {}

        /** The items do not come to what the answer says is owed in all, or there are too many: no order may be made. */
        record NotItemised(String detail) implements Reckoned {}
    }

    /**
     * Reckons.
     *
     * @param declaration the composite service that gave the answer
     * @param answer its answer
     * @param asked what it was asked with
     * @param now when
     */
    Reckoned of(CompositeDeclaration declaration, AnswerSources answer, Map<String, String> asked, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, rules.zone());
        Map<String, String> inputs = new HashMap<>(asked);
        inputs.put(PaymentRulesReader.TODAY, today.toString());
        List<OrderItem> items = new ArrayList<>();
        Instant payBy = now.plus(rules.valid());
        try {
            for (Source source : answer.all()) {
                if (owes(declaration, source)) {
                    for (Draft draft : drafts(source, inputs, today)) {
                        items.add(draft.item(items.size() + 1));
                        payBy = earlier(payBy, draft.lastDay());
                    }
                }
            }
        } catch (ExpressionFailedException e) {
            return new Reckoned.NotItemised(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new Reckoned.NotItemised("an amount of the answer is not one of three decimals");
        }
        Fils dues = Fils.sum(items.stream().map(OrderItem::due).toList());
        Fils said = Fils.of(answer.totalDues().map(BigDecimal::new).orElse(BigDecimal.ZERO));
        if (!dues.equals(said)) {
            return new Reckoned.NotItemised("the items come to " + dues + ", the answer says " + said);
        }
        return withFees(declaration, items, payBy);
    }

    private Reckoned withFees(CompositeDeclaration declaration, List<OrderItem> items, Instant payBy) {
        for (Fee fee : declaration.offer().fees()) {
            if (rules.fees() == null || !fee.currency().equals(rules.currency())) {
                return new Reckoned.NotItemised("nobody is declared who takes the fee " + fee.id());
            }
            Map<String, String> parameters = new HashMap<>();
            parameters.put("fee", declaration.service().code() + "." + fee.id());
            items.add(new OrderItem(
                    Integer.toString(items.size() + 1),
                    OrderItem.Kind.FEE,
                    rules.fees(),
                    null,
                    fee.id(),
                    fee.label(),
                    Fils.of(fee.amount()),
                    null,
                    parameters));
        }
        if (items.size() > PaymentOrder.MAX_ITEMS) {
            return new Reckoned.NotItemised("more than " + PaymentOrder.MAX_ITEMS + " items");
        }
        boolean nothing = items.stream().allMatch(item -> item.amount().isZero());
        return nothing ? new Reckoned.Nothing() : new Reckoned.Items(items, payBy);
    }

    /** A source whose step says what is owed; a step for each item of another has a number behind its name. */
    private static boolean owes(CompositeDeclaration declaration, Source source) {
        return declaration.steps().stream()
                .filter(step -> step.dues() != null)
                .anyMatch(step -> source.step().equals(step.id())
                        || (step.forEach() != null && source.step().startsWith(step.id() + "_")));
    }

    private record Draft(
            DueRule rule,
            Source item,
            @Nullable String reference,
            Fils due,
            OrderItem.@Nullable Taken taken,
            @Nullable Instant lastDay,
            Map<String, String> parameters) {

        OrderItem item(int number) {
            return new OrderItem(
                    Integer.toString(number),
                    OrderItem.Kind.DUE,
                    rule.settle(),
                    item.step(),
                    reference,
                    rule.label(),
                    due,
                    taken,
                    parameters);
        }
    }

    private List<Draft> drafts(Source source, Map<String, String> inputs, LocalDate today) {
        Optional<DueRule> rule = rules.dues().stream()
                .filter(due -> due.source().equals(source.service()))
                .filter(due -> holds(due.when(), source, inputs))
                .findFirst();
        if (rule.isEmpty()) {
            return List.of();
        }
        List<Draft> drafts = new ArrayList<>();
        for (Source item : source.parts(rule.get().items(), inputs)) {
            draft(rule.get(), item, inputs, today).ifPresent(drafts::add);
        }
        return drafts;
    }

    private Optional<Draft> draft(DueRule rule, Source item, Map<String, String> inputs, LocalDate today) {
        Fils due = item.value(rule.due(), inputs).map(Fils::parse).orElse(Fils.ZERO);
        if (due.isZero()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        rule.parameters()
                .forEach((name, expression) ->
                        parameters.put(name, item.value(expression, inputs).orElse("")));
        Optional<DiscountRule> discount = rule.discounts().stream()
                .filter(given -> given.discount().on(today))
                .filter(given -> holds(given.when(), item, inputs))
                .findFirst();
        OrderItem.Taken taken = discount.map(given -> taken(given, item, inputs, due))
                .filter(off -> !off.amount().isZero())
                .orElse(null);
        Instant lastDay = taken == null
                ? null
                : discount.map(given -> given.discount().lastDay(today))
                        .map(day -> day.plusDays(1).atStartOfDay(rules.zone()))
                        .map(ZonedDateTime::toInstant)
                        .orElse(null);
        String reference = rule.reference() == null
                ? null
                : item.value(rule.reference(), inputs).orElse(null);
        return Optional.of(new Draft(rule, item, reference, due, taken, lastDay, parameters));
    }

    private static OrderItem.Taken taken(DiscountRule rule, Source item, Map<String, String> inputs, Fils due) {
        Discount discount = rule.discount();
        Fils basis = item.value(rule.of(), inputs).map(Fils::parse).orElse(Fils.ZERO);
        return new OrderItem.Taken(
                discount.id(),
                discount.label(),
                discount.legalBasis(),
                discount.percent().toPlainString(),
                discount.of(basis, due));
    }

    private static boolean holds(@Nullable RecordExpression when, Source source, Map<String, String> inputs) {
        return when == null || source.holds(when, inputs);
    }

    private static Instant earlier(Instant payBy, @Nullable Instant end) {
        return end != null && end.isBefore(payBy) ? end : payBy;
    }
}
