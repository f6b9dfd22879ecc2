package org.wasl.routes.payment;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.RecordExpression;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/**
 * How what is owed is paid, as declared in YAML and checked at start: amounts, rates and windows change by decision of a
 * cabinet, never by a program.
 *
 * @param service by which orders are asked for, of the composing member
 * @param purpose the purpose of all its exchanges
 * @param legalBasis their legal basis
 * @param zone in which a day begins and ends
 * @param currency its code
 * @param valid how long an order is taken
 * @param answerAge how old the answer may be whose dues are paid
 * @param partial what becomes of less than the total
 * @param channels how orders may be paid
 * @param small the class that may be paid by further channels; null when there is none
 * @param gateway who takes the money
 * @param dues what is owed, by the services that say so
 * @param fees the service that takes fees of services; null when none does
 */
public record PaymentRules(
        ServiceId service,
        String purpose,
        String legalBasis,
        ZoneId zone,
        String currency,
        Duration valid,
        Duration answerAge,
        Partial partial,
        List<String> channels,
        @Nullable SmallValue small,
        Gateway gateway,
        List<DueRule> dues,
        @Nullable ServiceId fees) {

    public PaymentRules {
        channels = List.copyOf(channels);
        dues = List.copyOf(dues);
    }

    /** What becomes of a payment of less than the total. */
    public enum Partial {
        /** It is given back, whole. */
        REVERSED,
        /** It is spread over the items in proportion. */
        PROPORTIONAL
    }

    /**
     * The class of small values.
     *
     * @param ceiling up to which total
     * @param channels by which it may be paid besides
     */
    public record SmallValue(Fils ceiling, List<String> channels) {

        public SmallValue {
            channels = List.copyOf(channels);
        }
    }

    /**
     * The services of the gateway.
     *
     * @param present takes an order in
     * @param receipt says what was taken for an order
     * @param reverse gives money back
     * @param day says what was taken and given back on a day
     * @param timeout how long each may take
     * @param paid the type of the event by which its node tells that an order was paid; null when it is asked only
     * @param notifications the name of the secret that authenticates what it tells by itself
     * @param closes how long after an order's time is up the gateway may still tell of a payment
     */
    public record Gateway(
            ServiceId present,
            ServiceId receipt,
            ServiceId reverse,
            ServiceId day,
            @Nullable ServiceId paid,
            String notifications,
            Duration timeout,
            Duration closes) {}

    /**
     * What is owed by the word of one service.
     *
     * @param source the service
     * @param when over which of its records; null for all
     * @param label its name for people
     * @param items the elements of the record that are owed
     * @param reference what the agency calls an item; null when it has no name
     * @param due what is owed for an item
     * @param settle the service that takes the payment
     * @param parameters what it takes, over the item
     * @param discounts what is taken off, the first that applies
     */
    public record DueRule(
            ServiceId source,
            @Nullable RecordExpression when,
            Label label,
            RecordExpression items,
            @Nullable RecordExpression reference,
            RecordExpression due,
            ServiceId settle,
            Map<String, RecordExpression> parameters,
            List<DiscountRule> discounts) {

        public DueRule {
            parameters = Map.copyOf(parameters);
            discounts = List.copyOf(discounts);
        }
    }

    /**
     * When a discount is given.
     *
     * @param discount what is taken off, and when in a year
     * @param when for which items; null for all
     * @param of its basis, over the item
     */
    public record DiscountRule(Discount discount, @Nullable RecordExpression when, RecordExpression of) {}

    /** Every service that an order is paid or settled by. */
    public List<ServiceId> services() {
        List<ServiceId> services = new ArrayList<>(
                List.of(service, gateway.present(), gateway.receipt(), gateway.reverse(), gateway.day()));
        dues.forEach(rule -> {
            services.add(rule.source());
            services.add(rule.settle());
        });
        Optional.ofNullable(fees).ifPresent(services::add);
        return services.stream().distinct().toList();
    }

    /**
     * What does not fit this registry.
     *
     * @return one sentence for each; none when everything fits
     */
    public List<String> misfits(Registry registry) {
        List<String> misfits = new ArrayList<>();
        services().stream()
                .filter(named -> registry.service(named).isEmpty())
                .forEach(named -> misfits.add("payments: " + named + " is not registered"));
        for (DueRule rule : dues) {
            Set<String> known = registry.service(rule.settle()).map(Service::parameters).orElse(List.of()).stream()
                    .map(parameter -> parameter.name())
                    .collect(Collectors.toSet());
            rule.parameters().keySet().stream()
                    .filter(name -> !known.isEmpty() && !known.contains(name))
                    .forEach(name -> misfits.add("payments: " + rule.settle() + " takes no parameter '" + name + "'"));
        }
        return misfits;
    }

    /** By which channels an order of this total may be paid. */
    List<String> channels(Fils total) {
        List<String> all = new ArrayList<>(channels);
        if (small(total) && small != null) {
            all.addAll(small.channels());
        }
        return all;
    }

    /** Whether an order of this total is of the small-value class. */
    boolean small(Fils total) {
        return small != null && total.compareTo(small.ceiling()) <= 0;
    }
}
