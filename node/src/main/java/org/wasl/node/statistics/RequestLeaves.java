package org.wasl.node.statistics;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.NodeList;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.routes.composite.CompositeOffer.Channel;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PlainPayload;

/** Counts leaves of composite requests. Containers are opened only of those, each once. */
final class RequestLeaves {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLeaves.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONSOLIDATED = "urn:wasl:consolidated:1";

    /** Said of a message that had been logged: it is no further request. */
    private static final Set<String> REPEATED =
            Set.of(FaultCode.EXCHANGE_ID_REUSED.wireCode(), FaultCode.EXCHANGE_REPLAYED.wireCode());

    private final LogSource log;
    private final AsicContainerVerifier opener;
    private final Set<String> services;

    /**
     * @param opener opens containers; their signatures were verified, or made, when they were logged
     * @param services the composite services' identifiers
     */
    RequestLeaves(LogSource log, AsicContainerVerifier opener, Set<String> services) {
        this.log = log;
        this.opener = opener;
        this.services = Set.copyOf(services);
    }

    /**
     * Counts the leaves from {@code from} on, at most {@code limit}.
     *
     * @return the last one counted; empty when there is none
     */
    Optional<FoundLeaf> count(long from, int limit, Tally tally) throws LogStoreException {
        List<FoundLeaf> page = new ArrayList<>();
        log.leaves(from, limit, page::add);
        // Read whole before any of it is counted: a page whose reading fails is read again.
        List<Consumer<Tally>> facts = new ArrayList<>();
        for (FoundLeaf found : page) {
            if (DeadLetter.is(found.leaf())) {
                facts.add(all -> all.dead(found.index()));
            }
            delivery(found.leaf()).ifPresent(facts::add);
            fact(found).ifPresent(facts::add);
        }
        facts.forEach(fact -> fact.accept(tally));
        return page.isEmpty() ? Optional.empty() : Optional.of(page.get(page.size() - 1));
    }

    private static Optional<Consumer<Tally>> delivery(Leaf leaf) {
        String request = leaf.inReplyTo();
        if (request == null || !MessageKind.DELIVERY.name().equals(leaf.kind())) {
            return Optional.empty();
        }
        return Optional.of(tally -> tally.delivery(request, leaf.fault() == null));
    }

    private Optional<Consumer<Tally>> fact(FoundLeaf found) throws LogStoreException {
        Leaf leaf = found.leaf();
        String service = leaf.service();
        String id = leaf.messageId();
        if (service != null && services.contains(service) && Ratings.PURPOSE.equals(leaf.purpose())) {
            return rated(found, service);
        }
        if (service == null || id == null || !services.contains(service)) {
            return Optional.empty();
        }
        String request = leaf.inReplyTo();
        if (request == null) {
            return asked(found, service, id);
        }
        if (Direction.SENT.name().equals(leaf.direction())) {
            String fault = leaf.fault();
            if (MessageKind.FAULT.name().equals(leaf.kind())) {
                Outcome how = fault == null ? Outcome.FAILED : Outcome.faulted(fault);
                return Optional.of(tally -> tally.ended(request, how));
            }
            if (MessageKind.REPLY.name().equals(leaf.kind())) {
                Outcome how = Outcome.answered(overall(container(found.index())));
                return Optional.of(tally -> tally.ended(request, how));
            }
        }
        return Optional.empty();
    }

    private Optional<Consumer<Tally>> rated(FoundLeaf found, String service) throws LogStoreException {
        if (!Direction.RECORDED.name().equals(found.leaf().direction())) {
            return Optional.empty();
        }
        Optional<byte[]> document = log.row(found.index())
                .map(row -> row.payload())
                .filter(payload -> payload != null)
                .map(payload -> payload.container());
        if (document.isEmpty()) {
            return Optional.empty();
        }
        try {
            int score = JSON.readTree(document.get()).path("score").asInt();
            return Ratings.isScore(score) ? Optional.of(tally -> tally.rated(service, score)) : Optional.empty();
        } catch (IOException foreign) {
            LOG.warn("leaf {} of the log rates nothing that can be read", found.index(), foreign);
            return Optional.empty();
        }
    }

    private Optional<Consumer<Tally>> asked(FoundLeaf found, String service, String id) throws LogStoreException {
        Leaf leaf = found.leaf();
        YearMonth period = YearMonth.from(Instant.ofEpochMilli(leaf.atMillis()).atOffset(ZoneOffset.UTC));
        if (Direction.RECEIVED.name().equals(leaf.direction())
                && MessageKind.REQUEST.name().equals(leaf.kind())) {
            Cell cell = new Cell(service, channel(container(found.index())), Outcome.OPEN, period);
            return Optional.of(tally -> tally.asked(id, cell));
        }
        if (Direction.REFUSED.name().equals(leaf.direction())
                && (leaf.fault() == null || !REPEATED.contains(leaf.fault()))) {
            Cell cell = new Cell(service, Cell.NOT_STATED, Outcome.REFUSED, period);
            return Optional.of(tally -> tally.refused(cell));
        }
        return Optional.empty();
    }

    private @Nullable Container container(long index) throws LogStoreException {
        return log.row(index)
                .map(row -> row.payload())
                .map(payload -> opener.open(payload.container()))
                .map(result -> result instanceof OpenResult.Opened opened ? opened.container() : null)
                .orElse(null);
    }

    /** Only known words: the table's size must not be a caller's to choose. */
    private static String channel(@Nullable Container request) {
        if (request != null) {
            for (Channel channel : Channel.values()) {
                if (channel.name().equals(request.header().channel())) {
                    return channel.name();
                }
            }
        }
        return Cell.NOT_STATED;
    }

    private static String overall(@Nullable Container answer) {
        if (answer != null
                && PayloadOpener.keyless().open(answer) instanceof PlainPayload.Opened opened
                && HardenedXml.parse(opened.octets(), XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed) {
            NodeList overall = parsed.document().getElementsByTagNameNS(CONSOLIDATED, "overall");
            if (overall.getLength() > 0) {
                return overall.item(0).getTextContent();
            }
        }
        return "";
    }
}
