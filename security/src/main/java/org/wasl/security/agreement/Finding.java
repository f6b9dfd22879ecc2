package org.wasl.security.agreement;

/** What one rule of one agreement says about a request. */
public record Finding(AccessRule rule, Outcome outcome) {

    /** How a rule came out. */
    public enum Outcome {
        /** It allows. */
        PASSED,
        /** It refuses. */
        FAILED,
        /** It allows if the record turns out to belong to the right person; whoever holds the record looks. */
        IN_RECORD,
        /** It cannot be told by what is known of the request; who decides refuses then. */
        UNKNOWN,
        /** It was not asked, since it depends on a rule that failed. */
        NOT_ASKED
    }
}
