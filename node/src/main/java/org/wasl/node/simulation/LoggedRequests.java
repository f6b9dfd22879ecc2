package org.wasl.node.simulation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.LogRow;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.assertion.AssertedRequest;
import org.wasl.security.assertion.AssertionVerdict;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.assertion.VerifiedAssertion;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.Registry;

/**
 * Finds the requests among a log's rows, each once: a request is logged by its consumer and by its provider, and a node
 * may speak for both. What the provider logged goes before what the consumer did; the memory for that is bounded.
 */
final class LoggedRequests {

    private static final String XML = "application/xml";
    private static final String BY_AGREEMENT = "wasl.agreement.";
    private static final int MAX_REMEMBERED = 20_000;

    private final AsicContainerVerifier opener;
    private final PayloadXml payloads;
    private final AssertionVerifier assertions = new AssertionVerifier(ClaimNames.DEFAULT);
    private final Registry registry;
    private final Consumer<LoggedRequest> found;
    private final Map<String, LogRow> sent = new LinkedHashMap<>();
    private final Map<String, Boolean> seen = new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private long unreadable;

    /**
     * @param opener opens containers; their signatures were verified when they were logged
     * @param registry names the issuers of assertions
     * @param found takes each request
     */
    LoggedRequests(
            AsicContainerVerifier opener, SchemaCatalogue schemas, Registry registry, Consumer<LoggedRequest> found) {
        this.opener = opener;
        this.payloads = new PayloadXml(schemas);
        this.registry = registry;
        this.found = found;
    }

    /** Takes the next row of the log. */
    void take(LogRow row) {
        Leaf leaf = row.leaf();
        String id = leaf.messageId();
        if (id == null) {
            return;
        }
        if (Direction.REFUSED.name().equals(leaf.direction())) {
            String fault = leaf.fault();
            if (fault != null && fault.startsWith(BY_AGREEMENT) && leaf.inReplyTo() == null) {
                decided(id, row, true);
            }
        } else if (MessageKind.REQUEST.name().equals(leaf.kind())) {
            if (Direction.RECEIVED.name().equals(leaf.direction())) {
                decided(id, row, false);
            } else {
                sent.put(id, row);
                if (sent.size() > MAX_REMEMBERED) {
                    Map.Entry<String, LogRow> eldest =
                            sent.entrySet().iterator().next();
                    decided(eldest.getKey(), eldest.getValue(), false);
                }
            }
        }
    }

    /** The log has no more rows: what was sent to other nodes, whose logs are elsewhere, counts too. */
    void end() {
        Map<String, LogRow> left = new LinkedHashMap<>(sent);
        sent.clear();
        left.forEach((id, row) -> decided(id, row, false));
    }

    /** Rows of requests whose container was erased, never was, or cannot be opened. */
    long unreadable() {
        return unreadable;
    }

    private void decided(String id, LogRow row, boolean refused) {
        sent.remove(id);
        if (seen.put(id, Boolean.TRUE) != null) {
            return;
        }
        Optional<LoggedRequest> request = read(id, row, refused);
        if (request.isPresent()) {
            found.accept(request.get());
        } else {
            unreadable++;
        }
    }

    private Optional<LoggedRequest> read(String id, LogRow row, boolean refused) {
        if (row.payload() == null
                || row.payload().container().length == 0
                || !(opener.open(row.payload().container()) instanceof OpenResult.Opened opened)
                || opened.container().header().kind() != MessageKind.REQUEST) {
            return Optional.empty();
        }
        Container container = opened.container();
        Header header = container.header();
        Instant at = Instant.ofEpochMilli(row.leaf().atMillis());
        boolean sealed = !XML.equals(header.payloadMediaType());
        Map<String, String> parameters = null;
        VerifiedAssertion assertion = null;
        if (!sealed && payloads.read(container) instanceof PayloadContent.Query query) {
            parameters = query.parameters();
            assertion = assertion(query.assertion(), header, query.parameters(), at);
        }
        AccessRequest question = new AccessRequest(
                header.consumer(),
                header.service(),
                header.purpose(),
                header.legalBasis(),
                header.actor(),
                header.representedParty(),
                header.caseReference(),
                parameters,
                assertion,
                at);
        return Optional.of(new LoggedRequest(id, at, question, refused, sealed));
    }

    private @Nullable VerifiedAssertion assertion(
            @Nullable String text, Header header, Map<String, String> parameters, Instant at) {
        if (text == null) {
            return null;
        }
        AssertionVerdict verdict =
                assertions.verify(text, registry.trusted().issuers(), AssertedRequest.of(header, parameters), at);
        return verdict instanceof AssertionVerdict.Verified verified ? verified.assertion() : null;
    }
}
