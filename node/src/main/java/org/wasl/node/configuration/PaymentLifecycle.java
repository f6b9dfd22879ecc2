package org.wasl.node.configuration;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;
import org.wasl.routes.payment.PaymentNode;

/** Takes up open orders once the bus runs, and lets them go before it stops. */
final class PaymentLifecycle implements SmartLifecycle {

    private final Optional<PaymentNode> payments;
    private final AtomicBoolean running = new AtomicBoolean();

    PaymentLifecycle(Optional<PaymentNode> payments) {
        this.payments = payments;
    }

    @Override
    public void start() {
        payments.ifPresent(PaymentNode::recover);
        running.set(true);
    }

    @Override
    public void stop() {
        if (running.compareAndSet(true, false)) {
            payments.ifPresent(PaymentNode::close);
        }
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    /** Right after the bus, before the web server. */
    @Override
    public int getPhase() {
        return 1;
    }
}
