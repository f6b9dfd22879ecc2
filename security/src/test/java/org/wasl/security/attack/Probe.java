package org.wasl.security.attack;

import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.attack.Attack.Gate;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.TestWorld;

/**
 * Stands where business code stands: behind the verifier and the reading of the payload. What gets here would be acted
 * upon.
 */
final class Probe {

    /** What became of an attempt. */
    sealed interface Outcome {
        /** It was refused. */
        record Refused(Gate gate, FaultCode code, String detail, boolean claimed) implements Outcome {}

        /** It got through to business code. */
        record Reached(Container container) implements Outcome {}
    }

    private final AsicContainerVerifier verifier = TestWorld.verifier();
    private final PayloadXml payloads = new PayloadXml(TestWorld.SCHEMAS);

    Outcome send(Attempt attempt) {
        ContainerVerdict verdict = verifier.verify(attempt.octets(), attempt.registry(), attempt.at());
        if (verdict instanceof ContainerVerdict.Refused refused) {
            Fault fault = refused.fault();
            Gate gate = fault.stage() == Stage.OPEN ? Gate.OPENING : Gate.VERIFYING;
            return new Outcome.Refused(
                    gate, fault.code(), fault.detail(), refused.claimed().isPresent());
        }
        Container container = ((ContainerVerdict.Genuine) verdict).container();
        Optional<Fault> unreadable = unreadable(container);
        return unreadable.isPresent()
                ? new Outcome.Refused(
                        Gate.READING, unreadable.get().code(), unreadable.get().detail(), true)
                : new Outcome.Reached(container);
    }

    private Optional<Fault> unreadable(Container container) {
        return payloads.read(container) instanceof PayloadContent.Refused refused
                ? Optional.of(refused.fault())
                : Optional.empty();
    }
}
