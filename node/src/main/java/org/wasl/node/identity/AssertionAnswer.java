package org.wasl.node.identity;

import org.wasl.schemas.fault.Fault;

/** An identity issuer's answer to an {@link AssertionOrder}. */
public sealed interface AssertionAnswer {

    /** The assertion, a JSON Web Signature in compact form; not checked yet. */
    record Issued(String assertion) implements AssertionAnswer {

        @Override
        public String toString() {
            // Without the assertion: this ends up in logs.
            return "issued";
        }
    }

    /** There is none, and why. */
    record Refused(Fault fault) implements AssertionAnswer {}
}
