package org.wasl.connectors.backend;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.wasl.connectors.declaration.ConnectorDeclaration.Limits;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** Reads a SOAP reply within its bounds, and lets CXF's parser see only what the hardened one has passed. */
final class BoundedReply extends AbstractPhaseInterceptor<Message> {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final int SERVER_ERROR = 500;

    private final Limits limits;
    private final Clock clock;

    BoundedReply(Limits limits, Clock clock) {
        super(Phase.RECEIVE);
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void handleMessage(Message message) {
        InputStream in = message.getContent(InputStream.class);
        if (in == null) {
            return;
        }
        Object status = message.get(Message.RESPONSE_CODE);
        // A SOAP fault comes with status 500.
        if (status instanceof Integer code && code != SERVER_ERROR) {
            Optional<BackEndFailure> failure = HttpStatus.failure(code);
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
        byte[] reply;
        try (in) {
            reply = BoundedBody.read(in, limits.answerBytes(), clock.instant().plus(limits.timeout()), clock);
        } catch (IOException e) {
            throw new Fault(e);
        }
        XmlVerdict verdict = HardenedXml.parse(reply, XmlRules.FOREIGN.withMaxOctets(limits.answerBytes()));
        if (verdict instanceof XmlVerdict.Refused refused) {
            throw new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, "the SOAP reply: " + refused.reason());
        }
        String root =
                ((XmlVerdict.Parsed) verdict).document().getDocumentElement().getNamespaceURI();
        if (!SOAP.equals(root)) {
            throw new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, "the reply is no SOAP 1.1 envelope");
        }
        message.setContent(InputStream.class, new ByteArrayInputStream(reply));
    }
}
