package org.wasl.security.assertion;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;

/** What an assertion is worth for one request. */
public sealed interface AssertionVerdict {

    /** None came, and the header names none: nobody but the sender says who asks. */
    record Absent() implements AssertionVerdict {}

    /** A registered issuer asserts this, for this request and this receiver, now. */
    record Verified(VerifiedAssertion assertion) implements AssertionVerdict {}

    /** Nothing of it is believed, and why; the fault repeats no value of it. */
    record Refused(Fault fault) implements AssertionVerdict {}

    /** Why the request must be refused; empty when it need not be. */
    default Optional<Fault> refusal() {
        return this instanceof Refused refused ? Optional.of(refused.fault()) : Optional.empty();
    }

    /** What may be believed of the person who asks; null when nothing. */
    default @Nullable VerifiedAssertion believed() {
        return this instanceof Verified verified ? verified.assertion() : null;
    }
}
