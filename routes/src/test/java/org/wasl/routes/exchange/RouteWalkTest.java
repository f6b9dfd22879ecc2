package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteWalkTest {

    @Test
    void everyRoute_whenWalked_isNamedGuardedAndConnected(@TempDir Path directory) {
        try (TestNode node = new TestNode(directory)) {
            List<RouteDefinition> routes = ((DefaultCamelContext) node.camel()).getRouteDefinitions();
            Set<String> entrances = new HashSet<>();
            Set<String> exits = new HashSet<>();
            assertThat(routes).hasSizeGreaterThan(8);
            for (RouteDefinition route : routes) {
                assertThat(route.hasCustomIdAssigned()).as("id of %s", route).isTrue();
                assertThat(route.getDescriptionText())
                        .as("description of %s", route.getRouteId())
                        .isNotBlank();
                assertThat(route.getRouteConfigurationId())
                        .as("configuration of %s", route.getRouteId())
                        .startsWith("policy.");
                entrances.add(route.getInput().getEndpointUri());
                walk(route.getOutputs(), exits);
                if (!route.getInput().getEndpointUri().startsWith("direct:")) {
                    assertHeadersGoFirst(route);
                }
            }
            entrances.removeIf(uri -> !uri.startsWith("direct:"));
            exits.removeIf(uri -> !uri.startsWith("direct:"));
            assertThat(entrances).contains("direct:exchange.submit");
            // The client is the other end of this one, and what is owed of the other.
            exits.add("direct:exchange.submit");
            exits.add("direct:exchange.serve-again");
            // So is the fan-out of events; and nobody here has subscribed, so no queue leads to their receipt.
            exits.add("direct:event.send");
            exits.add("direct:event.receive");
            assertThat(exits).isEqualTo(entrances);
        }
    }

    /** What comes from outside loses all its headers, but a listed hint, before anything else happens. */
    private static void assertHeadersGoFirst(RouteDefinition route) {
        ProcessorDefinition<?> first = route.getOutputs().stream()
                .filter(step -> !(step instanceof OnExceptionDefinition))
                .findFirst()
                .orElseThrow();
        assertThat(kept(first))
                .as("headers that the first step of %s keeps", route.getRouteId())
                .isPresent()
                .get()
                .isIn("", ExchangeProperties.REPLY_NODE, ExchangeProperties.DOCUMENT, ExchangeProperties.LOGGED_FAULT);
    }

    /** What a step that removes headers keeps, "" when nothing; empty when it is no such step. */
    private static Optional<String> kept(ProcessorDefinition<?> step) {
        if (step instanceof RemoveHeadersDefinition removal && "*".equals(removal.getPattern())) {
            return Optional.of(Objects.requireNonNullElse(removal.getExcludePattern(), ""));
        }
        return step instanceof ProcessDefinition process && process.getProcessor() instanceof ReceivedHeaders headers
                ? Optional.of(headers.kept())
                : Optional.empty();
    }

    private static void walk(List<ProcessorDefinition<?>> steps, Set<String> exits) {
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof OnExceptionDefinition) {
                continue; // the policy's, merged into the route
            }
            assertThat(step.hasCustomIdAssigned()).as("id of %s", step).isTrue();
            // Nothing that chooses an endpoint by what is in a message.
            assertThat(step)
                    .isNotInstanceOfAny(
                            ToDynamicDefinition.class,
                            RecipientListDefinition.class,
                            RoutingSlipDefinition.class,
                            DynamicRouterDefinition.class,
                            EnrichDefinition.class,
                            PollEnrichDefinition.class,
                            WireTapDefinition.class);
            if (step instanceof ToDefinition to) {
                exits.add(to.getEndpointUri());
            }
            if (step instanceof FilterDefinition) {
                walk(step.getOutputs(), exits);
            }
        }
    }
}
