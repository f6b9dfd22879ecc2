package org.wasl.node.configuration;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.payment.PaymentRules;
import org.wasl.schemas.identifier.ServiceId;

/**
 * Whether, and how, what is owed is paid through this node.
 *
 * @param rules null when it is not
 */
record OfferedPayments(@Nullable PaymentRules rules) {

    Optional<PaymentRules> found() {
        return Optional.ofNullable(rules);
    }

    /** Whether orders are asked for by this service. */
    boolean orderedBy(ServiceId service) {
        return rules != null && rules.service().equals(service);
    }
}
