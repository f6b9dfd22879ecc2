package org.wasl.node.configuration;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.routes.load.BackEndGate;
import org.wasl.schemas.fault.Stage;

/** What of the load becomes a meter: the turns at each back-end, and what was not begun since its time was up. */
final class LoadMeters implements MeterBinder {

    /** The steps before which a request's deadline is looked at. */
    private static final List<Stage> STEPS = List.of(Stage.AUTHORIZE, Stage.CONNECTOR, Stage.MINIMISE, Stage.SIGN);

    private final ExchangeNode exchange;

    LoadMeters(ExchangeNode exchange) {
        this.exchange = exchange;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (Stage step : STEPS) {
            FunctionCounter.builder("wasl.exchange.late", exchange, node -> node.late(step))
                    .tag("before", step.wireName())
                    .description("requests whose time was up before this step, which was not taken")
                    .register(meters);
        }
        exchange.backEnds().all().forEach((service, gate) -> {
            String name = service.toString();
            Gauge.builder("wasl.backend.limit", gate, BackEndGate::limit)
                    .tag("service", name)
                    .description("questions that the back-end may be asked at once, by how it answers")
                    .register(meters);
            Gauge.builder("wasl.backend.under.way", gate, BackEndGate::underWay)
                    .tag("service", name)
                    .description("questions that the back-end is being asked")
                    .register(meters);
            Gauge.builder("wasl.backend.waiting", gate, BackEndGate::waiting)
                    .tag("service", name)
                    .description("questions that wait for their turn")
                    .register(meters);
            FunctionCounter.builder("wasl.backend.refused", gate, BackEndGate::full)
                    .tag("service", name)
                    .description("requests refused since as many waited as may")
                    .register(meters);
        });
    }
}
