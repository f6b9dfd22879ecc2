package org.wasl.routes.composite;

import java.util.concurrent.Executor;
import org.apache.camel.builder.RouteBuilder;
import org.wasl.routes.flow.Step;
import org.wasl.routes.policy.CompositePolicy;

/** A composite request, from the question to the signed answer. */
final class AskCompositeRoute extends RouteBuilder {

    static final String ASK = "direct:composite.ask";
    static final String COMPOSE = "direct:composite.compose";

    private final CompositeIntake intake;
    private final Composition composition;
    private final Executor executor;

    /**
     * @param executor by which a request goes on once what it waited for is there
     */
    AskCompositeRoute(CompositeIntake intake, Composition composition, Executor executor) {
        this.intake = intake;
        this.composition = composition;
        this.executor = executor;
    }

    @Override
    public void configure() {
        // spotless:off
        from(ASK)
                .routeId("composite.ask")
                .routeConfigurationId(CompositePolicy.COMPOSITE)
                .description("Builds, authorizes, signs and logs a composite request")
                .process(Step.of(Composing.Draft.class, intake::build)).id("ask.build")
                .process(Step.of(Composing.Built.class, intake::authorize)).id("ask.authorize")
                .process(Step.of(Composing.Built.class, intake::sign)).id("ask.sign")
                .process(Step.later(Composing.Signed.class, intake::append, intake::appended, executor)).id("ask.log")
                .process(Step.when(Composing.Repeated.class, intake::repeat)).id("ask.repeat")
                .process(Step.when(Composing.Refused.class, intake::refuse)).id("ask.refuse")
                .to(COMPOSE).id("ask.compose");

        from(COMPOSE)
                .routeId("composite.compose")
                .routeConfigurationId(CompositePolicy.COMPOSITE)
                .description("Asks every step, consolidates, signs and logs the answer")
                .process(Step.later(Composing.Accepted.class, composition::gather, composition::gathered, executor)).id("compose.gather")
                .process(Step.of(Composing.Gathered.class, composition::conclude)).id("compose.sign")
                .process(Step.later(Composing.Concluded.class, composition::append, composition::answer, executor)).id("compose.log")
                .process(Step.when(Composing.Waiting.class, composition::await)).id("compose.wait");
        // spotless:on
    }
}
