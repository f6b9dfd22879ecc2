package org.wasl.node.configuration;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.messagelog.MessageLog;
import org.wasl.node.edge.EdgeLimits;
import org.wasl.node.edge.OpenApiController;
import org.wasl.node.edge.RecordJson;
import org.wasl.node.edge.agency.AgencyController;
import org.wasl.node.edge.agency.ServiceMetadata;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.BreakGlass;
import org.wasl.node.edge.audit.PurposeLabels;
import org.wasl.node.edge.portal.CatalogueController;
import org.wasl.node.edge.portal.CompositesController;
import org.wasl.node.edge.portal.ContainersController;
import org.wasl.node.edge.portal.OwnRequestsController;
import org.wasl.node.edge.portal.RequestEvents;
import org.wasl.node.edge.portal.RequestsController;
import org.wasl.node.edge.portal.SatisfactionController;
import org.wasl.node.edge.portal.SubjectRule;
import org.wasl.node.edge.portal.TermsController;
import org.wasl.node.identity.AssertionClient;
import org.wasl.node.identity.Pseudonyms;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.registry.CurrentRegistry;

/** The HTTP edges over the bus. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    @Bean
    RecordJson recordJson(SchemaCatalogue schemas) {
        return new RecordJson(schemas);
    }

    @Bean
    ServiceMetadata serviceMetadata(Clock clock) {
        return new ServiceMetadata(clock);
    }

    @Bean
    AgencyController agencyController(
            ExchangeClient exchange,
            CurrentRegistry registry,
            ServiceMetadata metadata,
            Pseudonyms pseudonyms,
            AssertionVerifier assertions,
            RecordJson json,
            PayloadOpener payloads,
            AsicContainerVerifier verifier,
            EdgeLimits limits) {
        return new AgencyController(
                exchange, registry, metadata, pseudonyms, assertions, json, payloads, verifier, limits);
    }

    @Bean
    CompositesController compositesController(
            CompositeServices composites,
            EdgeProperties edge,
            IdentityProperties identity,
            ObjectProvider<AssertionClient> assertions,
            CompositesController.Naming naming,
            RecordJson json,
            EdgeLimits limits) {
        return new CompositesController(
                composites,
                SubsystemId.parse(edge.portalConsumer()),
                naming,
                new SubjectRule(identity.personInput()),
                Optional.ofNullable(assertions.getIfAvailable()),
                json,
                limits);
    }

    @Bean
    CompositesController.Naming naming(CurrentRegistry registry, PurposeLabels purposes) {
        return new CompositesController.Naming(registry, purposes::of);
    }

    @Bean
    TermsController termsController(SchemaCatalogue schemas, CurrentRegistry registry) {
        return new TermsController(schemas, registry);
    }

    @Bean
    OwnRequestsController ownRequestsController(AuditedLog log, CompositeServices composites, EdgeProperties edge) {
        return new OwnRequestsController(log, composites, SubsystemId.parse(edge.portalConsumer()));
    }

    @Bean
    CatalogueController catalogueController(
            CompositeServices composites, CurrentRegistry registry, EdgeProperties edge) {
        return new CatalogueController(
                composites, registry, SubsystemId.parse(edge.portalConsumer()).member());
    }

    @Bean
    RequestEvents requestEvents(MessageLog log, EdgeProperties edge) {
        return new RequestEvents(log, edge.eventStreams(), edge.eventHeartbeat(), edge.eventStreamLongest());
    }

    @Bean
    RequestsController requestsController(
            CompositeServices composites, RecordJson json, BreakGlass breakGlass, RequestEvents events) {
        return new RequestsController(composites, json, breakGlass, events);
    }

    @Bean
    SatisfactionController satisfactionController(
            CompositeServices composites, AuditedLog log, LogOperator operator, Clock clock) {
        return new SatisfactionController(composites, log, operator.member(), clock);
    }

    @Bean
    ContainersController containersController(
            MessageLog log, AsicContainerVerifier verifier, CurrentRegistry registry, BreakGlass breakGlass) {
        return new ContainersController(log, verifier, registry, breakGlass);
    }

    @Bean
    OpenApiController openApiController() throws IOException {
        return new OpenApiController();
    }
}
