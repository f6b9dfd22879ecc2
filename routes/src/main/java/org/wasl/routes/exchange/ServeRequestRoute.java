package org.wasl.routes.exchange;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.wasl.routes.flow.Step;
import org.wasl.routes.policy.ExchangePolicy;

/** The provider's side. */
final class ServeRequestRoute extends RouteBuilder {

    static final String SERVE = "direct:exchange.serve";
    static final String SERVE_AGAIN = "direct:exchange.serve-again";

    private final List<QueueIntake> intakes;
    private final ServeSteps steps;
    private final String jms;

    /**
     * What the route is made of.
     *
     * @param reader takes the octets from the JMS message
     */
    record ServeSteps(
            ArrivalReader reader,
            RequestReceipt receipt,
            SharedRequests shared,
            ReplayGuard replays,
            Authorization authorization,
            RecordAccess records,
            Announcement later,
            AnswerDispatch answers) {}

    /**
     * @param jms the endpoint that sends
     */
    ServeRequestRoute(List<QueueIntake> intakes, ServeSteps steps, String jms) {
        this.intakes = List.copyOf(intakes);
        this.steps = steps;
        this.jms = jms;
    }

    @Override
    public void configure() {
        // spotless:off
        intakes.forEach(intake -> from(intake.uri())
                .routeId(intake.routeId())
                .routeConfigurationId(ExchangePolicy.INTAKE)
                .description("Takes requests to " + intake.owner() + " from its queue")
                .process(new ReceivedHeaders(ExchangeProperties.REPLY_NODE)).id(intake.routeId() + ".remove-headers")
                .setProperty(ExchangeProperties.QUEUE_OWNER, constant(intake.owner())).id(intake.routeId() + ".owner")
                .process(new IntakeLabel(intake.service())).id(intake.routeId() + ".label")
                .to(SERVE).id(intake.routeId() + ".serve"));

        from(SERVE)
                .routeId("exchange.serve")
                .routeConfigurationId(ExchangePolicy.INTAKE)
                .description("Verifies, authorizes and logs a request; fetches, cuts, validates, signs and logs the answer; sends it")
                .process(steps.reader()).id("serve.open")
                .process(Step.of(Arrival.class, steps.receipt()::verify)).id("serve.verify")
                .process(new LabelCheck()).id("serve.label")
                .process(Step.of(Serving.Verified.class, steps.shared()::claim)).id("serve.claim")
                .process(Step.when(Serving.Cancelling.class, steps.shared()::claimCancelled)).id("serve.claim-cancelled")
                .process(Step.of(Serving.Verified.class, steps.receipt()::checkFreshness)).id("serve.freshness")
                .process(steps.replays()).id("serve.replay")
                .process(Step.of(Serving.Verified.class, steps.authorization()::authorize)).id("serve.authorize")
                .process(Step.of(Serving.Authorized.class, steps.authorization()::log)).id("serve.log-request")
                .process(Step.of(Serving.Authorized.class, steps.records()::fetch)).id("serve.connector")
                .process(Step.of(Serving.Fetched.class, steps.records()::minimise)).id("serve.minimise")
                .process(Step.of(Serving.Fetched.class, steps.records()::validate)).id("serve.validate")
                .process(Step.when(Serving.Deferred.class, steps.later()::announce)).id("serve.announce")
                .process(Step.when(Serving.Adopted.class, steps.later()::adopt)).id("serve.adopt")
                .process(Step.when(Serving.Cancelling.class, steps.answers()::cancel)).id("serve.cancel")
                .process(Step.when(Serving.Refused.class, steps.answers()::refuse)).id("serve.refuse")
                .process(Step.when(Serving.Replayed.class, steps.answers()::repeat)).id("serve.repeat")
                .process(Step.when(Serving.Signable.class, steps.answers()::sign)).id("serve.sign")
                .process(Step.when(Serving.Answer.class, steps.answers()::log)).id("serve.log-answer")
                .filter(body().isInstanceOf(Outgoing.class)).id("serve.if-anything")
                    .process(new OutgoingEnvelope()).id("serve.envelope")
                    .to(jms).id("serve.send")
                .end();

        from(SERVE_AGAIN)
                .routeId("exchange.serve-again")
                .routeConfigurationId(ExchangePolicy.INTAKE)
                .description("Asks again for an answer that was announced for later; once it is there, or its time is up, ends the exchange")
                .process(Step.of(Serving.Reopened.class, steps.later()::reopen)).id("serve-again.authorize")
                .process(Step.of(Serving.Authorized.class, steps.records()::fetch)).id("serve-again.connector")
                .process(Step.of(Serving.Fetched.class, steps.records()::minimise)).id("serve-again.minimise")
                .process(Step.of(Serving.Fetched.class, steps.records()::validate)).id("serve-again.validate")
                .process(Step.when(Serving.Deferred.class, steps.later()::announce)).id("serve-again.still-deferred")
                .process(Step.when(Serving.Refused.class, steps.answers()::refuse)).id("serve-again.refuse")
                .process(Step.when(Serving.Signable.class, steps.answers()::sign)).id("serve-again.sign")
                .process(Step.when(Serving.Answer.class, steps.answers()::log)).id("serve-again.log-answer")
                .process(Step.when(Serving.Unsent.class, steps.answers()::again)).id("serve-again.repeat")
                .filter(body().isInstanceOf(Outgoing.class)).id("serve-again.if-anything")
                    .process(new OutgoingEnvelope()).id("serve-again.envelope")
                    .to(jms).id("serve-again.send")
                .end();
        // spotless:on
    }
}
