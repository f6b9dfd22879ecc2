package org.wasl.routes.exchange;

import java.util.concurrent.Executor;
import org.apache.camel.builder.RouteBuilder;
import org.wasl.routes.flow.Step;
import org.wasl.routes.policy.ExchangePolicy;

/** The consumer's side of a request. */
final class SubmitRequestRoute extends RouteBuilder {

    static final String SUBMIT = "direct:exchange.submit";
    static final String SEND = "direct:exchange.send-request";

    private final RequestBuilder builder;
    private final SubmissionLog log;
    private final Executor executor;
    private final String jms;

    /**
     * @param executor by which a submission goes on once it is durable
     * @param jms the endpoint that sends
     */
    SubmitRequestRoute(RequestBuilder builder, SubmissionLog log, Executor executor, String jms) {
        this.builder = builder;
        this.log = log;
        this.executor = executor;
        this.jms = jms;
    }

    @Override
    public void configure() {
        // spotless:off
        from(SUBMIT)
                .routeId("exchange.submit")
                .routeConfigurationId(ExchangePolicy.SUBMIT)
                .description("Builds, authorizes, signs and logs a request, then sends it")
                .process(Step.of(Submission.Draft.class, builder::build)).id("submit.build")
                .process(Step.of(Submission.Built.class, builder::authorize)).id("submit.authorize")
                .process(Step.of(Submission.Built.class, builder::sign)).id("submit.sign")
                .process(Step.later(Submission.Signed.class, log::append, log::appended, executor)).id("submit.log")
                .process(Step.when(Submission.Repeated.class, log::repeat)).id("submit.repeat")
                .process(Step.when(Submission.Refused.class, log::refuse)).id("submit.refuse")
                .to(SEND).id("submit.send");

        from(SEND)
                .routeId("exchange.send-request")
                .routeConfigurationId(ExchangePolicy.SUBMIT)
                .description("Sends a request that is durable in the log to its provider's queue")
                .process(Step.of(Submission.Logged.class, log::address)).id("send-request.address")
                .filter(body().isInstanceOf(Outgoing.class)).id("send-request.if-anything")
                    .process(new OutgoingEnvelope()).id("send-request.envelope")
                    .to(jms).id("send-request.send")
                .end();
        // spotless:on
    }
}
