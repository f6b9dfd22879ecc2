package org.wasl.node.configuration;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.wasl.routes.payment.PaymentListener;
import org.wasl.routes.payment.PaymentRequest;
import org.wasl.routes.payment.PaymentResult;
import org.wasl.routes.payment.PaymentRules;
import org.wasl.routes.payment.PaymentServices;
import org.wasl.routes.payment.ReconciliationResult;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/** A node through which nothing is paid. */
final class NoPayments implements PaymentServices {

    private static final Fault NOTHING = new Fault(FaultCode.PAYMENT_NOTHING_DUE, Stage.COMPOSE, "payment", "nothing");

    @Override
    public PaymentRules rules() {
        throw new UnsupportedOperationException("there are no rules");
    }

    @Override
    public Optional<String> number(UUID trackingId) {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<PaymentResult> order(PaymentRequest request) {
        return CompletableFuture.completedFuture(new PaymentResult.Refused(NOTHING));
    }

    @Override
    public Optional<PaymentResult.Ordered> find(String number) {
        return Optional.empty();
    }

    @Override
    public boolean told(String number) {
        return false;
    }

    @Override
    public CompletableFuture<ReconciliationResult> reconcile(LocalDate day) {
        return CompletableFuture.completedFuture(new ReconciliationResult.Unavailable(NOTHING));
    }

    @Override
    public void onEnd(PaymentListener listener) {
        throw new UnsupportedOperationException("nothing ends here");
    }
}
