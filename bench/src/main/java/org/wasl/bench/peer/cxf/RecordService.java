package org.wasl.bench.peer.cxf;

import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;
import javax.xml.transform.dom.DOMSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.WrongAnswerException;

/** The provider: answers every query with the record. */
@WebServiceProvider(serviceName = "RecordService", portName = "RecordPort", targetNamespace = "urn:wasl:bench:soap:1")
@ServiceMode(Service.Mode.PAYLOAD)
final class RecordService implements Provider<DOMSource> {

    private final byte[] record = Payloads.record();

    @Override
    public DOMSource invoke(DOMSource request) {
        if (!"query".equals(root(request).getLocalName())) {
            throw new WrongAnswerException("not a query: " + request.getNode().getNodeName());
        }
        return new DOMSource(Payloads.parse(record).getOwnerDocument());
    }

    static Element root(DOMSource source) {
        Node node = source.getNode();
        return node instanceof Document document ? document.getDocumentElement() : (Element) node;
    }
}
