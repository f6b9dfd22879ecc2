package org.wasl.routes.event;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.wasl.routes.exchange.Arrival;
import org.wasl.routes.exchange.ArrivalReader;
import org.wasl.routes.exchange.ExchangeProperties;
import org.wasl.routes.exchange.ReceivedHeaders;
import org.wasl.routes.flow.Step;
import org.wasl.routes.policy.ExchangePolicy;
import org.wasl.schemas.identifier.SubsystemId;

/** The subscriber's side of events. */
final class ReceiveEventRoute extends RouteBuilder {

    private static final String RECEIVE = "direct:event.receive";

    private final List<Intake> intakes;
    private final ArrivalReader reader;
    private final EventReceipt receipt;

    /**
     * A subscriber's queue.
     *
     * @param uri the endpoint that reads it, by one consumer: what is in order stays so
     */
    record Intake(SubsystemId subscriber, String uri) {

        String routeId() {
            return "event.receive-intake." + subscriber.dotted();
        }
    }

    ReceiveEventRoute(List<Intake> intakes, ArrivalReader reader, EventReceipt receipt) {
        this.intakes = List.copyOf(intakes);
        this.reader = reader;
        this.receipt = receipt;
    }

    @Override
    public void configure() {
        // spotless:off
        intakes.forEach(intake -> from(intake.uri())
                .routeId(intake.routeId())
                .routeConfigurationId(ExchangePolicy.INTAKE)
                .description("Takes events for " + intake.subscriber() + " from its queue")
                .process(new ReceivedHeaders(ExchangeProperties.REPLY_NODE)).id(intake.routeId() + ".remove-headers")
                .setProperty(ExchangeProperties.QUEUE_OWNER, constant(intake.subscriber())).id(intake.routeId() + ".owner")
                .to(RECEIVE).id(intake.routeId() + ".receive"));

        from(RECEIVE)
                .routeId("event.receive")
                .routeConfigurationId(ExchangePolicy.INTAKE)
                .description("Opens and verifies an event, takes it if it is the next one, and logs it")
                .process(reader).id("receive-event.open")
                .process(Step.of(Arrival.class, receipt::verify)).id("receive-event.verify")
                .process(Step.of(EventBody.Verified.class, receipt::order)).id("receive-event.order")
                .process(Step.of(EventBody.Next.class, receipt::log)).id("receive-event.log")
                .process(Step.when(EventBody.Refused.class, receipt::refuse)).id("receive-event.refuse");
        // spotless:on
    }
}
