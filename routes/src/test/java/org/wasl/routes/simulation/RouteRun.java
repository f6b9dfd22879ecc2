package org.wasl.routes.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.spi.Synchronization;
import org.wasl.routes.exchange.Outgoing;
import org.wasl.routes.exchange.OutgoingEnvelope;

/**
 * Follows the definition of a route, step by step, as Camel would: the order is the product's own. A step that is none of
 * those that the product uses ends the run, so that nothing is passed over in silence.
 */
final class RouteRun {

    /** Exchange property: what is about to be sent, before it became a message. */
    static final String OUTGOING = "simulation.outgoing";

    private final Incarnation process;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final Deque<Iterator<ProcessorDefinition<?>>> steps = new ArrayDeque<>();
    private RouteDefinition route;
    private boolean waited;

    RouteRun(Incarnation process, RouteDefinition route, Exchange exchange, AsyncCallback callback) {
        this.process = process;
        this.route = route;
        this.exchange = exchange;
        this.callback = callback;
        steps.push(route.getOutputs().iterator());
    }

    /** True when it has ended before it returns. */
    boolean start() {
        proceed();
        return !waited;
    }

    private void proceed() {
        try {
            while (!steps.isEmpty()) {
                if (!steps.peek().hasNext()) {
                    steps.pop();
                } else if (!step(steps.peek().next())) {
                    waited = true;
                    return;
                }
                rethrow();
            }
        } catch (Exception e) { // what a step throws is the policy's business, as in Camel
            exchange.setException(e);
            steps.clear();
            failed();
        }
        end();
    }

    private void rethrow() throws Exception {
        if (exchange.getException(Crash.class) != null) {
            throw exchange.getException(Crash.class);
        }
        Exception failure = exchange.getException();
        if (failure != null) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw failure;
        }
    }

    /** False when the rest goes on later. */
    private boolean step(ProcessorDefinition<?> step) throws Exception {
        if (step instanceof ProcessDefinition process) {
            return process(process);
        }
        if (step instanceof FilterDefinition filter) {
            if (filter.getExpression().getPredicate().matches(exchange)) {
                steps.push(filter.getOutputs().iterator());
            }
        } else if (step instanceof SetPropertyDefinition property) {
            exchange.setProperty(property.getName(), value(property));
        } else if (step instanceof RemoveHeadersDefinition removal) {
            if (removal.getExcludePattern() == null) {
                exchange.getMessage().removeHeaders(removal.getPattern());
            } else {
                exchange.getMessage().removeHeaders(removal.getPattern(), removal.getExcludePattern());
            }
        } else if (step instanceof ToDefinition to) {
            String uri = to.getEndpointUri();
            if (uri.startsWith("direct:")) {
                route = process.direct(uri);
                steps.push(route.getOutputs().iterator());
            } else {
                process.send(uri, exchange);
            }
        } else {
            throw new IllegalStateException("the simulation knows no step " + step);
        }
        return true;
    }

    private Object value(SetPropertyDefinition property) {
        ExpressionDefinition definition = property.getExpression();
        Expression expression = definition.getExpressionValue();
        return (expression != null ? expression : definition).evaluate(exchange, Object.class);
    }

    private boolean process(ProcessDefinition step) throws Exception {
        Processor processor = process.mutations().of(step.getId(), step.getProcessor());
        if (processor instanceof OutgoingEnvelope) {
            exchange.setProperty(OUTGOING, exchange.getMessage().getBody(Outgoing.class));
        }
        if (processor instanceof AsyncProcessor later) {
            return later.process(exchange, sync -> {
                if (!sync) {
                    resume();
                }
            });
        }
        processor.process(exchange);
        return true;
    }

    private void resume() {
        process.checkAlive();
        try {
            rethrow();
        } catch (Exception e) { // as above
            steps.clear();
            failed();
        }
        proceed();
    }

    private void failed() {
        Exception failure = exchange.getException();
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        OnExceptionDefinition policy = policy(failure);
        exchange.setException(null);
        act(policy.getOutputs());
        if (!handled(policy)) {
            exchange.setException(failure);
        }
    }

    /** Exactly for what failed or what caused it, else for everything: the product's policies have no others. */
    private OnExceptionDefinition policy(Exception failure) {
        List<OnExceptionDefinition> policies = process.policies(route.getRouteConfigurationId());
        for (OnExceptionDefinition policy : policies) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (policy.getExceptions().contains(cause.getClass().getName())) {
                    return policy;
                }
            }
        }
        return policies.get(policies.size() - 1);
    }

    private boolean handled(OnExceptionDefinition policy) {
        return policy.getHandledPolicy() != null
                ? policy.getHandledPolicy().matches(exchange)
                : policy.getHandled() != null
                        && "true".equals(policy.getHandled().getExpressionType().getExpression());
    }

    private void act(List<ProcessorDefinition<?>> outputs) {
        for (ProcessorDefinition<?> output : outputs) {
            try {
                ((ProcessDefinition) output).getProcessor().process(exchange);
            } catch (Exception e) { // the policy's own failure is what the run ends with
                exchange.setException(e);
                return;
            }
        }
    }

    private void end() {
        List<Synchronization> completions = exchange.getExchangeExtension().handoverCompletions();
        if (completions != null) {
            for (Synchronization completion : completions) {
                if (exchange.getException() == null) {
                    completion.onComplete(exchange);
                } else {
                    completion.onFailure(exchange);
                }
            }
        }
        callback.done(!waited);
    }
}
