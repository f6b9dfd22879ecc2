package org.wasl.security.assertion;

import org.wasl.schemas.fault.Fault;

/** What an assertion is worth for one request. */
public sealed interface AssertionVerdict {

    /** A registered issuer asserts this, for this request and this receiver, now. */
    record Verified(VerifiedAssertion assertion) implements AssertionVerdict {}

    /** Nothing of it is believed, and why; the fault repeats no value of it. */
    record Refused(Fault fault) implements AssertionVerdict {}
}
