package org.wasl.routes.policy;

import org.apache.camel.Processor;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.wasl.messagelog.LogUnavailableException;

/**
 * The error policies of the routes. Expected refusals never come here, they are values; what comes here is a bug or a
 * dead resource. Nothing is tried again inside a route: the broker delivers again, and the log knows what was done.
 */
public final class ExchangePolicy extends RouteConfigurationBuilder {

    /** For routes that a caller of ours waits for: a failure ends the exchange with a fault. */
    public static final String SUBMIT = "policy.submit";

    /** For routes that read from a queue: a failure gives the message back to the broker. */
    public static final String INTAKE = "policy.intake";

    private final Processor failedSubmission;
    private final Processor failedIntake;
    private final Processor logUnavailable;

    /**
     * @param failedSubmission ends a submission whose step failed
     * @param failedIntake notes that a message goes back to the broker
     * @param logUnavailable stops intake when the log has failed for good
     */
    public ExchangePolicy(Processor failedSubmission, Processor failedIntake, Processor logUnavailable) {
        this.failedSubmission = failedSubmission;
        this.failedIntake = failedIntake;
        this.logUnavailable = logUnavailable;
    }

    @Override
    public void configuration() {
        routeConfiguration(SUBMIT)
                .onException(Exception.class)
                .handled(true)
                .logExhausted(false)
                .process(failedSubmission)
                .id("end-failed-submission");
        routeConfiguration(INTAKE)
                .onException(LogUnavailableException.class)
                .handled(false)
                .logExhausted(false)
                .process(logUnavailable)
                .id("halt-intake")
                .end()
                .onException(Exception.class)
                .handled(false)
                .logExhausted(false)
                .process(failedIntake)
                .id("give-back-to-broker");
    }
}
