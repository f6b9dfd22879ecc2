package org.wasl.routes.simulation;

import java.lang.reflect.Proxy;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteConfigurationsDefinition;
import org.apache.camel.spi.RouteController;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the context of every simulated process, since starting a real one takes longer than a whole run: it takes
 * the product's own route definitions, and hands exchanges to {@link RouteRun}, which follows those definitions.
 */
final class SimulatedCamel extends DefaultCamelContext {

    private @Nullable Incarnation assembled;
    private @Nullable Incarnation running;

    private final RouteController routes = (RouteController) Proxy.newProxyInstance(
            SimulatedCamel.class.getClassLoader(),
            new Class<?>[] {RouteController.class},
            (proxy, method, arguments) -> {
                if (method.getName().equals("stopRoute")) {
                    Objects.requireNonNull(running).stopped((String) arguments[0]);
                }
                return null;
            });

    SimulatedCamel() {
        super(true);
    }

    /** The process whose routes are added from now on. */
    void assemble(@Nullable Incarnation process) {
        assembled = process;
    }

    /** The process whose code is about to run. */
    void runs(@Nullable Incarnation process) {
        running = process;
    }

    @Override
    public void addRoutes(RoutesBuilder routesBuilder) throws Exception {
        if (assembled == null) {
            super.addRoutes(routesBuilder);
            return;
        }
        RouteBuilder builder = (RouteBuilder) routesBuilder;
        builder.setCamelContext(this);
        if (builder instanceof RouteConfigurationBuilder policy) {
            policy.setRouteConfigurationCollection(new RouteConfigurationsDefinition());
            policy.configuration();
            policy.getRouteConfigurationCollection().getRouteConfigurations().forEach(assembled::policy);
        } else {
            builder.getRouteCollection().setCamelContext(this);
            builder.configure();
            builder.getRouteCollection().getRoutes().forEach(assembled::route);
        }
    }

    @Override
    public void addComponent(String name, Component component) {
        if (assembled == null) {
            super.addComponent(name, component);
        } else {
            assembled.component(name, component);
        }
    }

    @Override
    public <T extends Component> T getComponent(String name, Class<T> type) {
        return assembled == null ? super.getComponent(name, type) : type.cast(assembled.component(name));
    }

    @Override
    public Endpoint getEndpoint(String uri) {
        return assembled == null ? super.getEndpoint(uri) : new Entrance(uri, this, assembled);
    }

    @Override
    public RouteController getRouteController() {
        return assembled == null && running == null ? super.getRouteController() : routes;
    }

    /** A direct endpoint of one process. */
    private static final class Entrance extends DefaultEndpoint {

        private final SimulatedCamel camel;
        private final Incarnation process;

        Entrance(String uri, SimulatedCamel camel, Incarnation process) {
            this.camel = camel;
            this.process = process;
            setEndpointUri(uri);
            setCamelContext(camel);
        }

        @Override
        public Exchange createExchange(ExchangePattern pattern) {
            return new DefaultExchange(camel, pattern);
        }

        @Override
        public AsyncProducer createAsyncProducer() {
            return new DefaultAsyncProducer(this) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    return new RouteRun(process, process.direct(getEndpointUri()), exchange, callback).start();
                }

                @Override
                public void process(Exchange exchange) {
                    new RouteRun(process, process.direct(getEndpointUri()), exchange, done -> {}).start();
                }
            };
        }

        @Override
        public Producer createProducer() {
            return createAsyncProducer();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("nobody consumes");
        }
    }
}
