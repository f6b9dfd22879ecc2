package org.wasl.routes.exchange;

import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Service;

/**
 * Whether payloads travel as they must: requests encrypted where the registry's service or the agreement says so and in
 * plain otherwise, replies as their requests did. Both sides ask it, of what they receive.
 */
final class Confidentiality {

    private Confidentiality() {}

    /** Whether requests by this agreement, and their replies, are encrypted. */
    static boolean applies(Service service, Agreement agreement) {
        return service.confidential() || agreement.confidential();
    }

    /** What is wrong with a request that is, or is not, confidential; empty when nothing is. */
    static Optional<Fault> breach(Header request, boolean confidential, Stage stage) {
        if (confidential == request.isEncrypted()) {
            return Optional.empty();
        }
        return confidential
                ? fault(FaultCode.ENCRYPTION_REQUIRED, stage, request, "the registry demands an encrypted payload")
                : fault(FaultCode.ENCRYPTION_UNEXPECTED, stage, request, "nothing demands an encrypted payload");
    }

    /**
     * What is wrong with how a genuine answer to this request travelled; empty when nothing is. A fault says nothing of a
     * record unless the back-end was asked, so it may come in plain.
     */
    static Optional<Fault> breach(Container request, Header answer) {
        boolean asked = request.header().isEncrypted();
        if (answer.isEncrypted() && !asked) {
            return fault(FaultCode.ENCRYPTION_UNEXPECTED, Stage.BIND, answer, "the request was not encrypted");
        }
        if (asked && !answer.isEncrypted() && answer.kind() != MessageKind.FAULT) {
            return fault(FaultCode.ENCRYPTION_REQUIRED, Stage.BIND, answer, "the request was encrypted");
        }
        return Optional.empty();
    }

    private static Optional<Fault> fault(FaultCode code, Stage stage, Header of, String detail) {
        return Optional.of(new Fault(code, stage, of.sender().member().toString(), detail));
    }
}
