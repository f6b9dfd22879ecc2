package org.wasl.agencies.declared;

import java.util.List;

/**
 * What is done for one request, all in one transaction.
 *
 * @param statements what changes something, in order; often none
 * @param query yields one JSON object, or nothing; one with a member {@code error} takes everything back
 * @param missing the error's code when it yields nothing
 * @param conflict the error's code when a constraint stands against a statement
 */
record Work(List<NamedQuery> statements, NamedQuery query, String missing, String conflict) {

    Work {
        statements = List.copyOf(statements);
    }

    boolean changes() {
        return !statements.isEmpty();
    }

    /** What came of it. */
    sealed interface Done {

        /** One JSON object; whatever was to change has changed. */
        record Found(String json) implements Done {}

        /** Nothing was found, and nothing changed. */
        record Missing(String code) implements Done {}

        /** Something stands against it, and nothing changed. */
        record Refused(String code) implements Done {}

        /** Others were faster too often; nothing changed, and it may be tried again. */
        record Busy() implements Done {}
    }
}
