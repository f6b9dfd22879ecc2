package org.wasl.node.edge.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.edge.Records;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.SiteAuditedLog;
import org.wasl.node.identity.Caller;
import org.wasl.routes.composite.CompositeDeclaration;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.assertion.Mandate;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadOpener;

/** The composite requests that a citizen has asked, newest first. There is no list of them beside the log. */
final class OwnRequests {

    /** A consolidated answer does not travel: it is made and given out by the same node, and so is not encrypted. */
    private static final PayloadOpener PLAIN = PayloadOpener.keyless();

    private final AuditedLog log;
    private final CompositeServices composites;
    private final SubsystemId consumer;

    /** @param consumer the subsystem in whose name people ask */
    OwnRequests(AuditedLog log, CompositeServices composites, SubsystemId consumer) {
        this.log = log;
        this.composites = composites;
        this.consumer = consumer;
    }

    /**
     * A page of them.
     *
     * @param next what to ask for as {@code before} to see older ones; null when there are none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Row> requests, @Nullable String next) {}

    /**
     * One request.
     *
     * @param state {@code RUNNING}, {@code PENDING}, {@code ANSWERED}, {@code CANCELLED}, {@code FAILED}, or {@code ERASED}
     *     when its content is no longer kept
     * @param overall how much of what was asked has come; null without an answer
     * @param decision what follows from it; null without an answer
     * @param fault why it failed; null when it did not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String trackingId,
            String service,
            Map<String, String> name,
            Instant asked,
            String state,
            @Nullable String overall,
            @Nullable String decision,
            @Nullable String fault,
            @Nullable Instant openUntil,
            String href) {}

    /**
     * The caller's own, about themselves or whom they represent.
     *
     * @param before only those logged before this leaf
     * @param limit how many at most
     */
    Page page(Caller caller, long before, int limit) {
        LogQuery query = LogQuery.all()
                .withActor(caller.actorId())
                .withKind(MessageKind.REQUEST.name())
                .withDirection(Direction.RECEIVED.name())
                .withConsumer(consumer.toString());
        List<FoundLeaf> found = new ArrayList<>();
        for (String person : people(caller)) {
            found.addAll(log.search(query, person, before, limit + 1));
        }
        found.sort(SiteAuditedLog.order());
        List<FoundLeaf> shown = found.size() > limit ? found.subList(0, limit) : found;
        String next =
                found.size() > limit ? Long.toString(shown.get(shown.size() - 1).index()) : null;
        return new Page(shown.stream().flatMap(leaf -> row(leaf).stream()).toList(), next);
    }

    private static Set<String> people(Caller caller) {
        Set<String> people = new LinkedHashSet<>();
        if (caller.nationalNumber() != null) {
            people.add(caller.nationalNumber());
        }
        caller.mandates().stream().map(Mandate::nationalNumber).forEach(people::add);
        return people;
    }

    private Optional<Row> row(FoundLeaf found) {
        Leaf leaf = found.leaf();
        if (leaf.service() == null || leaf.messageId() == null) {
            return Optional.empty();
        }
        Optional<CompositeDeclaration> declaration =
                composites.declaration(ServiceId.parse(leaf.service()).code());
        if (declaration.isEmpty()) {
            return Optional.empty(); // a payment order is asked of the composer too
        }
        UUID id = UUID.fromString(leaf.messageId());
        Stand stand = found.erased()
                ? Stand.of("ERASED")
                : composites.track(id).map(OwnRequests::stand).orElse(Stand.of("ERASED"));
        return Optional.of(new Row(
                id.toString(),
                declaration.get().service().code(),
                CatalogueView.names(declaration.get().name()),
                Instant.ofEpochMilli(leaf.atMillis()),
                stand.state(),
                stand.overall(),
                stand.decision(),
                stand.fault(),
                stand.openUntil(),
                "/requests/" + id));
    }

    /** How it stands. */
    private record Stand(
            String state,
            @Nullable String overall,
            @Nullable String decision,
            @Nullable String fault,
            @Nullable Instant openUntil) {

        static Stand of(String state) {
            return new Stand(state, null, null, null, null);
        }
    }

    private static Stand stand(CompositeResult result) {
        if (result instanceof CompositeResult.Answered answered) {
            return said("ANSWERED", answered.answer(), null);
        }
        if (result instanceof CompositeResult.Pending pending) {
            return said("PENDING", pending.interim(), pending.interim().header().expires());
        }
        if (result instanceof CompositeResult.Faulted faulted) {
            FaultCode code = faulted.fault().code();
            String state = code == FaultCode.EXCHANGE_CANCELLED ? "CANCELLED" : "FAILED";
            return new Stand(state, null, null, code.wireCode(), null);
        }
        return Stand.of("RUNNING");
    }

    private static Stand said(String state, Container answer, @Nullable Instant openUntil) {
        Element root = Records.of(answer, PLAIN).root();
        return new Stand(state, text(root, "overall"), text(root, "decision"), null, openUntil);
    }

    private static @Nullable String text(Element root, String name) {
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && name.equals(child.getLocalName())) {
                return child.getTextContent().strip();
            }
        }
        return null;
    }
}
