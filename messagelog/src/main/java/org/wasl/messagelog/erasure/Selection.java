package org.wasl.messagelog.erasure;

import java.time.Instant;

/** What is to be erased. */
public sealed interface Selection {

    /**
     * What was logged of a service before an instant.
     *
     * @param service the service, as leaves name it
     */
    record Expired(String service, Instant before) implements Selection {}

    /** Everything of one request, with its steps when it is a composite one. */
    record Request(String correlationId) implements Selection {}

    /**
     * Everything of every request about this subject; of a case that several people share, theirs alone.
     *
     * @param value the subject's value, such as a national number; kept nowhere
     */
    record About(String value) implements Selection {

        @Override
        public String toString() {
            return "About[a subject]";
        }
    }
}
