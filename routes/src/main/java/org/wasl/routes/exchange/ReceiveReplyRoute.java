package org.wasl.routes.exchange;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.wasl.routes.flow.Step;
import org.wasl.routes.policy.ExchangePolicy;

/** The consumer's side of a reply. */
final class ReceiveReplyRoute extends RouteBuilder {

    private static final String RECEIVE = "direct:exchange.receive-reply";

    private final List<QueueIntake> intakes;
    private final ArrivalReader reader;
    private final ReplyReceipt receipt;

    ReceiveReplyRoute(List<QueueIntake> intakes, ArrivalReader reader, ReplyReceipt receipt) {
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
                .description("Takes replies to " + intake.owner() + " from its queue")
                .process(new ReceivedHeaders(ExchangeProperties.DOCUMENT)).id(intake.routeId() + ".remove-headers")
                .setProperty(ExchangeProperties.QUEUE_OWNER, constant(intake.owner())).id(intake.routeId() + ".owner")
                .to(RECEIVE).id(intake.routeId() + ".receive"));

        from(RECEIVE)
                .routeId("exchange.receive-reply")
                .routeConfigurationId(ExchangePolicy.INTAKE)
                .description("Opens, verifies, binds and logs a reply, then answers the caller")
                .process(reader).id("receive-reply.open")
                .process(Step.of(Arrival.class, receipt::verify)).id("receive-reply.verify")
                .process(Step.of(ReplyBody.Verified.class, receipt::bind)).id("receive-reply.bind")
                .process(Step.of(ReplyBody.Bound.class, receipt::log)).id("receive-reply.log")
                .process(Step.of(ReplyBody.Logged.class, receipt::answer)).id("receive-reply.answer")
                .process(Step.when(ReplyBody.Refused.class, receipt::refuse)).id("receive-reply.refuse");
        // spotless:on
    }
}
