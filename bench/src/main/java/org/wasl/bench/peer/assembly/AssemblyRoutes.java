package org.wasl.bench.peer.assembly;

import java.security.GeneralSecurityException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.xmlsecurity.processor.XmlSignerProcessor;
import org.apache.camel.component.xmlsecurity.processor.XmlVerifierProcessor;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.wasl.bench.peer.message.MessageTable;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.StoredMessage;
import org.wasl.bench.peer.message.Variant;
import org.wasl.bench.peer.message.Wire;
import org.wasl.bench.peer.message.WrongAnswerException;

/** One route asks, one answers; each signs what it sends and verifies and stores what it receives. */
final class AssemblyRoutes extends RouteBuilder {

    static final String REQUESTS = "peer.assembly.request";
    static final String ASK = "direct:ask";
    static final int CONSUMERS = 16;
    static final int REPLY_CONSUMERS = 8;

    private static final String ARRIVED = "arrived";
    private static final String REFUSED = "refused";

    private final Variant variant;
    private final Seals seals;
    private final MessageTable consumerTable;
    private final MessageTable providerTable;
    private final Wire requests;
    private final byte[] record = Payloads.record();

    AssemblyRoutes(
            Variant variant, Seals seals, MessageTable consumerTable, MessageTable providerTable, Wire requests) {
        this.variant = variant;
        this.seals = seals;
        this.consumerTable = consumerTable;
        this.providerTable = providerTable;
        this.requests = requests;
    }

    @Override
    public void configure() throws GeneralSecurityException {
        boolean tuned = variant == Variant.TUNED;
        String queue = "jms:queue:" + REQUESTS;
        from(ASK)
                .routeId("assembly.ask")
                .process(new XmlSignerProcessor(getContext(), seals.requestSigner()))
                .to(queue + "?exchangePattern=InOut"
                        + (tuned ? "&replyToType=Temporary&replyToConcurrentConsumers=" + REPLY_CONSUMERS : ""))
                .process(AssemblyRoutes::requireAnswer)
                .process(AssemblyRoutes::keepArrived)
                .process(new XmlVerifierProcessor(getContext(), seals.replyVerifier()))
                .process(exchange -> store(exchange, consumerTable, "provider"));
        from(queue + (tuned ? "?concurrentConsumers=" + CONSUMERS : ""))
                .routeId("assembly.answer")
                .onException(Exception.class)
                .handled(true)
                .setHeader(REFUSED, simple("${exception.class.simpleName}: ${exception.message}"))
                .setBody(constant("<refused/>"))
                .end()
                .process(this::arrive)
                .process(AssemblyRoutes::keepArrived)
                .process(new XmlVerifierProcessor(getContext(), seals.requestVerifier()))
                .process(AssemblyRoutes::readQuery)
                .process(exchange -> store(exchange, providerTable, "consumer"))
                .process(exchange -> exchange.getMessage().setBody(record))
                .process(new XmlSignerProcessor(getContext(), seals.replySigner()));
    }

    private void arrive(Exchange exchange) {
        exchange.getMessage().setBody(requests.carry(exchange.getMessage().getBody(byte[].class)));
    }

    private static void keepArrived(Exchange exchange) {
        exchange.setProperty(ARRIVED, exchange.getMessage().getBody(byte[].class));
    }

    private static void requireAnswer(Exchange exchange) {
        String refused = exchange.getMessage().getHeader(REFUSED, String.class);
        if (refused != null) {
            throw new WrongAnswerException("the provider refused the request: " + refused);
        }
    }

    private static void readQuery(Exchange exchange) {
        Element query = exchange.getMessage().getBody() instanceof Document document
                ? document.getDocumentElement()
                : Payloads.parse(exchange.getMessage().getBody(byte[].class));
        if (!"query".equals(query.getLocalName())) {
            throw new WrongAnswerException("not a query: " + query.getNodeName());
        }
    }

    private static void store(Exchange exchange, MessageTable table, String partner) {
        table.store(new StoredMessage(
                        StoredMessage.RECEIVED,
                        partner,
                        exchange.getExchangeId(),
                        exchange.getProperty(ARRIVED, byte[].class)))
                .join();
    }
}
