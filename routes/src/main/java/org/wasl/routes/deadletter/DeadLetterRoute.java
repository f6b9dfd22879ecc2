package org.wasl.routes.deadletter;

import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.wasl.routes.policy.ExchangePolicy;

/** Drains the dead letters and the expired messages: what is in them stands in the log, not in a queue. */
public final class DeadLetterRoute extends RouteBuilder {

    /** What the ids of the routes that read from queues begin with. */
    public static final String DRAIN = "deadletter.drain";

    public static final String EXPIRED = "deadletter.expired";

    private final Endpoints endpoints;
    private final Steps steps;

    /**
     * Where it reads and sends.
     *
     * @param suffix what ids end with, so that several members' can be told apart; empty where there are not several
     * @param deadLetters where dead letters wait
     * @param expired where expired messages wait
     * @param keptHeaders the headers that are kept, a pattern
     * @param send sends what has an address
     */
    public record Endpoints(String suffix, String deadLetters, String expired, String keptHeaders, String send) {}

    /**
     * What it does.
     *
     * @param owner names the member in whose name what nobody owns is logged
     * @param open takes the octets from the JMS message
     * @param examine decides what becomes of a dead letter
     * @param refuse logs it
     * @param sign signs its fault
     * @param log makes the fault durable
     * @param expire decides what becomes of an expired message
     * @param envelope addresses the fault
     * @param somethingToSend the class of a body that is to be sent
     */
    public record Steps(
            Processor owner,
            Processor open,
            Processor examine,
            Processor refuse,
            Processor sign,
            Processor log,
            Processor expire,
            Processor envelope,
            Class<?> somethingToSend) {}

    public DeadLetterRoute(Endpoints endpoints, Steps steps) {
        this.endpoints = endpoints;
        this.steps = steps;
    }

    @Override
    public void configure() {
        String suffix = endpoints.suffix();
        // spotless:off
        from(endpoints.deadLetters())
                .routeId(DRAIN + suffix)
                .routeConfigurationId(ExchangePolicy.INTAKE)
                .description("Logs what nobody could process, and answers a genuine request by a signed fault")
                .removeHeaders("*", endpoints.keptHeaders()).id("drain.remove-headers" + suffix)
                .process(steps.owner()).id("drain.owner" + suffix)
                .process(steps.open()).id("drain.open" + suffix)
                .process(steps.examine()).id("drain.examine" + suffix)
                .process(steps.refuse()).id("drain.refuse" + suffix)
                .process(steps.sign()).id("drain.sign" + suffix)
                .process(steps.log()).id("drain.log-answer" + suffix)
                .filter(body().isInstanceOf(steps.somethingToSend())).id("drain.if-anything" + suffix)
                    .process(steps.envelope()).id("drain.envelope" + suffix)
                    .to(endpoints.send()).id("drain.send" + suffix)
                .end();

        from(endpoints.expired())
                .routeId(EXPIRED + suffix)
                .routeConfigurationId(ExchangePolicy.INTAKE)
                .description("Logs messages whose time ran out in a queue, and ends what was received by a signed fault")
                .removeHeaders("*").id("expired.remove-headers" + suffix)
                .process(steps.owner()).id("expired.owner" + suffix)
                .process(steps.open()).id("expired.open" + suffix)
                .process(steps.expire()).id("expired.log" + suffix)
                .process(steps.refuse()).id("expired.refuse" + suffix)
                .process(steps.sign()).id("expired.sign" + suffix)
                .process(steps.log()).id("expired.log-answer" + suffix)
                .filter(body().isInstanceOf(steps.somethingToSend())).id("expired.if-anything" + suffix)
                    .process(steps.envelope()).id("expired.envelope" + suffix)
                    .to(endpoints.send()).id("expired.send" + suffix)
                .end();
        // spotless:on
    }
}
