package org.wasl.node.edge.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.payment.Fils;
import org.wasl.routes.payment.Reconciliation;

/** A reconciliation, as JSON. */
record ReconciliationView(
        String day,
        String gatewayPaid,
        String logPaid,
        String settled,
        String reversed,
        String open,
        List<DifferenceView> differences) {

    /** One difference. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DifferenceView(
            String kind,
            @Nullable String order,
            @Nullable String reference,
            @Nullable String gateway,
            @Nullable String log) {}

    static ReconciliationView of(Reconciliation reconciliation) {
        return new ReconciliationView(
                reconciliation.day().toString(),
                reconciliation.gatewayPaid().toString(),
                reconciliation.logPaid().toString(),
                reconciliation.settled().toString(),
                reconciliation.reversed().toString(),
                reconciliation.open().toString(),
                reconciliation.differences().stream()
                        .map(difference -> new DifferenceView(
                                difference.kind().name(),
                                difference.order(),
                                difference.reference(),
                                text(difference.gateway()),
                                text(difference.log())))
                        .toList());
    }

    private static @Nullable String text(@Nullable Fils amount) {
        return Optional.ofNullable(amount).map(Fils::toString).orElse(null);
    }
}
