package org.wasl.agencies.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.WebServiceProvider;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.namespace.QName;
import javax.xml.transform.dom.DOMSource;
import org.apache.cxf.binding.soap.SoapFault;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.agencies.declared.BackEndSpec.OperationAnswer;
import org.wasl.agencies.server.Reads;

/**
 * Answers the operations of a declared SOAP service: what the query yields as JSON becomes the response's elements, an
 * object's members its children, an array one element for each item. Public because CXF calls it.
 */
@WebServiceProvider
@ServiceMode(Service.Mode.PAYLOAD)
public final class SoapOperations implements Provider<DOMSource> {

    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final String agency;
    private final BackEndSpec.Server.Soap spec;
    private final SampleData data;
    private final Reads reads;

    SoapOperations(String agency, BackEndSpec.Server.Soap spec, SampleData data, Reads reads) {
        this.agency = agency;
        this.spec = spec;
        this.data = data;
        this.reads = reads;
    }

    @Override
    public DOMSource invoke(DOMSource request) {
        Element asked = root(request.getNode());
        OperationAnswer operation = spec.answers().stream()
                .filter(answer -> answer.operation().equals(asked.getLocalName())
                        && spec.namespace().equals(asked.getNamespaceURI()))
                .findFirst()
                .orElseThrow(() -> fault("NoSuchOperation"));
        Map<String, String> values = new HashMap<>();
        for (Node node = asked.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                values.put(child.getLocalName(), child.getTextContent());
            }
        }
        try {
            JsonNode found = JSON.readTree(found(data.perform(operation.work(), values)));
            reads.record(operation.operation() + " " + String.join(" ", new TreeMap<>(values).values()));
            return new DOMSource(response(asked, operation.operation() + "Response", found));
        } catch (SQLException | JsonProcessingException e) {
            throw new WebServiceException(agency + " cannot answer", e);
        }
    }

    private String found(Work.Done done) {
        if (done instanceof Work.Done.Found found) {
            return found.json();
        }
        if (done instanceof Work.Done.Missing missing) {
            throw fault(missing.code());
        }
        throw fault(done instanceof Work.Done.Refused refused ? refused.code() : "Busy");
    }

    private static Element root(Node node) {
        return node instanceof Document document ? document.getDocumentElement() : (Element) node;
    }

    /** A new document of the request's own kind: this needs no factory. */
    private Document response(Element asked, String name, JsonNode found) {
        Document document =
                asked.getOwnerDocument().getImplementation().createDocument(spec.namespace(), "tns:" + name, null);
        members(document.getDocumentElement(), found);
        return document;
    }

    private static void members(Element parent, JsonNode object) {
        object.fields().forEachRemaining(member -> {
            if (member.getValue().isArray()) {
                member.getValue().forEach(item -> element(parent, member.getKey(), item));
            } else if (!member.getValue().isNull()) {
                element(parent, member.getKey(), member.getValue());
            }
        });
    }

    private static void element(Element parent, String name, JsonNode value) {
        Element child = parent.getOwnerDocument().createElementNS(null, name);
        parent.appendChild(child);
        if (value.isObject()) {
            members(child, value);
        } else {
            child.setTextContent(value.asText());
        }
    }

    private SoapFault fault(String what) {
        SoapFault fault = new SoapFault(what, new QName(ENVELOPE, "Client"));
        Element detail = fault.getOrCreateDetail();
        detail.appendChild(detail.getOwnerDocument().createElementNS(spec.namespace(), "tns:" + what));
        return fault;
    }
}
