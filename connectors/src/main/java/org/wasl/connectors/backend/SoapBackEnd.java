package org.wasl.connectors.backend;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.wsdl.Definition;
import javax.wsdl.WSDLException;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmNode;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.cxf.common.CxfPayload;
import org.apache.camel.component.cxf.common.DataFormat;
import org.apache.camel.component.cxf.common.message.CxfConstants;
import org.apache.camel.component.cxf.jaxws.CxfEndpoint;
import org.apache.cxf.Bus;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapHeader;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.transport.http.HTTPConduitFactory;
import org.apache.cxf.transport.http.URLConnectionHTTPConduit;
import org.apache.cxf.wsdl.WSDLManager;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.declaration.BackEndDeclaration.Soap;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.xml.DocumentWriter;
import org.wasl.connectors.xml.UnreadableException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** A SOAP service; Camel's CXF component does the asking by the agency's WSDL, between this class's steps. */
public final class SoapBackEnd implements BackEnd {

    private static final String QUERY = "connector.query";
    private static final Pattern PARAMETER = Pattern.compile("\\{(wasl\\.messageId|[A-Za-z][A-Za-z0-9]*)}");

    private final ConnectorDeclaration declaration;
    private final Soap soap;
    private final CamelContext context;
    private final Processor processor;
    private final Secrets secrets;
    private final Clock clock;
    private final Bus bus;

    public SoapBackEnd(
            ConnectorDeclaration declaration,
            Soap soap,
            CamelContext context,
            Processor processor,
            Secrets secrets,
            Clock clock) {
        this.declaration = declaration;
        this.soap = soap;
        this.context = context;
        this.processor = processor;
        this.secrets = secrets;
        this.clock = clock;
        // A bus of its own: settings of the process's default bus, which others share, stay out of this client.
        bus = new ExtensionManagerBus();
        bus.setExtension(
                (factory, ofBus, endpoint, target) -> new URLConnectionHTTPConduit(ofBus, endpoint, target),
                HTTPConduitFactory.class);
    }

    @Override
    public void connect() {
        Reachability.check(soap.address(), (int) declaration.limits().timeout().toMillis());
    }

    /** Makes the request's body; what came in the question can only ever be text in it. */
    public void prepare(Exchange exchange) {
        Message message = exchange.getMessage();
        ConnectorQuery query = message.getBody(ConnectorQuery.class);
        exchange.setProperty(QUERY, query);
        try {
            DocumentWriter wrapper = new DocumentWriter(processor, soap.namespace()).start(soap.operation());
            for (Map.Entry<String, String> input : soap.inputs().entrySet()) {
                wrapper.in("").element(input.getKey(), filled(input.getValue(), query));
            }
            XdmNode request = wrapper.end(soap.operation()).finish();
            // A list that can be changed: CXF may put another source in the place of one it has read.
            List<Source> body = new ArrayList<>();
            body.add(new StreamSource(new StringReader(request.toString())));
            message.setBody(new CxfPayload<SoapHeader>(List.of(), body, null));
        } catch (UnreadableException e) {
            throw new BackEndFailure(FaultCode.REQUEST_PARAMETER, Step.FETCH, e.reason(), e);
        }
        message.setHeader(CxfConstants.OPERATION_NAME, soap.operation());
        message.setHeader(CxfConstants.OPERATION_NAMESPACE, soap.namespace());
    }

    private static String filled(String declared, ConnectorQuery query) {
        Matcher matcher = PARAMETER.matcher(declared);
        return matcher.matches() ? query.value(matcher.group(1)) : declared;
    }

    /** Reads the reply's body. */
    public Answer read(Exchange exchange) throws SaxonApiException {
        CxfPayload<?> payload = exchange.getMessage().getBody(CxfPayload.class);
        List<Source> body = payload == null ? List.of() : payload.getBodySources();
        if (body.size() != 1) {
            throw new BackEndFailure(
                    FaultCode.BACKEND_MALFORMED, Step.FETCH, "the SOAP body does not hold exactly one element");
        }
        if (!(body.get(0) instanceof DOMSource source) || !(source.getNode() instanceof Element element)) {
            throw new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, "the SOAP body holds no element");
        }
        exchange.getMessage().removeHeaders("*");
        Document document = HardenedXml.newDocument();
        document.appendChild(document.importNode(element, true));
        return answer(exchange, processor.newDocumentBuilder().build(new DOMSource(document)), "");
    }

    /**
     * Reads a SOAP fault, which may be the service's way to say that there is no such record. Any other exception is
     * passed on as the body: Camel would take one that is thrown in a fallback for handled.
     */
    public Object readFault(Exchange exchange) throws SaxonApiException {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (caught == null) {
            // The circuit breaker is open: nobody was asked.
            return exchange.getMessage().getBody();
        }
        SoapFault fault = faultIn(caught);
        if (fault == null) {
            return caught;
        }
        Document document = HardenedXml.newDocument();
        Element root = document.createElementNS("", "fault");
        root.setAttribute("code", fault.getFaultCode().getLocalPart());
        document.appendChild(root);
        if (fault.getDetail() != null) {
            for (Node child = fault.getDetail().getFirstChild(); child != null; child = child.getNextSibling()) {
                root.appendChild(document.importNode(child, true));
            }
        }
        exchange.getMessage().removeHeaders("*");
        XdmNode node = processor.newDocumentBuilder().build(new DOMSource(document));
        return answer(exchange, node, "SOAP fault " + fault.getFaultCode().getLocalPart());
    }

    private Answer answer(Exchange exchange, XdmNode document, String refusal) {
        ConnectorQuery query = exchange.getProperty(QUERY, ConnectorQuery.class);
        return new Answer.Data(query, document, clock.instant(), refusal, System.nanoTime());
    }

    /**
     * The fault that the service answered. CXF makes one of its own, with the same class, when a request cannot be
     * written: beneath that is what happened to the connection.
     */
    private static @Nullable SoapFault faultIn(Throwable thrown) {
        SoapFault fault = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return null;
            }
            if (fault == null && cause instanceof SoapFault found) {
                fault = found;
            }
        }
        return fault;
    }

    /** Registers Camel's own endpoint for this back-end, with every bound set, and tells its address. */
    public String endpoint() {
        String name = "connector." + declaration.name() + ".soap";
        CxfEndpoint endpoint = new CxfEndpoint();
        endpoint.setCamelContext(context);
        endpoint.setBus(bus);
        endpoint.setBeanId(name);
        endpoint.setAddress(soap.address().toString());
        endpoint.setWsdlURL(wsdl(name));
        endpoint.setServiceNameAsQName(new QName(soap.namespace(), soap.service()));
        endpoint.setPortNameAsQName(new QName(soap.namespace(), soap.port()));
        endpoint.setDataFormat(DataFormat.PAYLOAD);
        endpoint.setAllowStreaming(false);
        endpoint.setSynchronous(true);
        endpoint.setSkipFaultLogging(true);
        endpoint.setLoggingFeatureEnabled(false);
        endpoint.setCxfConfigurer(new SoapBounds(declaration.limits(), soap, secrets, clock));
        context.getRegistry().bind(name, endpoint);
        return "cxf:bean:" + name;
    }

    /** Hands CXF the WSDL as already read, by the hardened parser, under a name that nothing resolves. */
    private String wsdl(String name) {
        XmlVerdict verdict = HardenedXml.parse(soap.wsdl().getBytes(StandardCharsets.UTF_8), XmlRules.FOREIGN);
        if (!(verdict instanceof XmlVerdict.Parsed parsed)) {
            throw new IllegalArgumentException(
                    declaration.file() + ": its WSDL: " + ((XmlVerdict.Refused) verdict).reason());
        }
        String key = "wasl:" + name + ".wsdl";
        WSDLManager manager = bus.getExtension(WSDLManager.class);
        try {
            Definition definition = manager.getDefinition(parsed.document().getDocumentElement());
            definition.setDocumentBaseURI(key);
            manager.addDefinition(key, definition);
        } catch (WSDLException e) {
            throw new IllegalArgumentException(declaration.file() + ": its WSDL: " + e.getFaultCode(), e);
        }
        return key;
    }

    @Override
    public void close() {
        bus.shutdown(true);
    }
}
