package org.wasl.faults.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/** One line of the ledger; times are milliseconds since 1970 by the harness' own clock, which no fault touches. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "what")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LedgerEntry.Intended.class, name = "intended"),
    @JsonSubTypes.Type(value = LedgerEntry.Sent.class, name = "sent"),
    @JsonSubTypes.Type(value = LedgerEntry.Told.class, name = "told"),
    @JsonSubTypes.Type(value = LedgerEntry.Silent.class, name = "silent"),
    @JsonSubTypes.Type(value = LedgerEntry.Marked.class, name = "marked")
})
public sealed interface LedgerEntry {

    /** The wire code of a provider's word that there is no such record. */
    String NOT_FOUND = "wasl.record.not-found";

    long at();

    /** An entry about one request. */
    sealed interface OfRequest extends LedgerEntry {
        String key();
    }

    /**
     * Somebody is going to ask.
     *
     * @param key names the request, whenever it is asked again
     * @param flow what is asked, see {@code Flow}
     * @param subject whom it is about
     */
    record Intended(long at, String key, String flow, String subject) implements OfRequest {}

    /** It is on its way, for the {@code attempt}th time, counted from 1. */
    record Sent(long at, String key, int attempt) implements OfRequest {}

    /**
     * Somebody answered.
     *
     * @param status of HTTP
     * @param fault the wire code of a refusal; empty without one
     * @param digest SHA-256 of the body, hexadecimal
     * @param replyId the signed answer's message id; empty without one
     * @param interimId the signed announcement's message id; empty without one
     * @param correlation what ties its messages together in the logs; empty when it was not told
     * @param overall of a consolidated answer; empty otherwise
     * @param decision of a consolidated answer; empty otherwise
     * @param sources the statuses of a consolidated answer's sources, by step
     * @param micros from when it should have been sent to now
     */
    record Told(
            long at,
            String key,
            int attempt,
            int status,
            String fault,
            String digest,
            String replyId,
            String interimId,
            String correlation,
            String overall,
            String decision,
            Map<String, String> sources,
            long micros)
            implements OfRequest {

        public Told {
            sources = Map.copyOf(sources);
        }

        /** Whether it is the answer itself, neither a refusal nor an announcement. */
        public boolean answered() {
            return status == 200;
        }

        /** Whether it is what there is to say: the answer, its announcement, or that there is no such record. */
        public boolean said() {
            return answered() || status == 202 || NOT_FOUND.equals(fault);
        }

        /** Whether a signed answer is announced for later. */
        public boolean announced() {
            return status == 202 && !interimId.isEmpty();
        }

        /** Whether it says no more than that it runs. */
        public boolean running() {
            return status == 202 && interimId.isEmpty();
        }
    }

    /**
     * Nobody answered.
     *
     * @param reached false when nobody listened, so that the request cannot have been taken in; true when the connection
     *     broke or time ran out
     */
    record Silent(long at, String key, int attempt, boolean reached, String why, long micros) implements OfRequest {}

    /**
     * Something happened to the site.
     *
     * @param fault its name
     * @param phase {@code began}, {@code injected}, {@code healed}, {@code recovered}, {@code ended}, or what a fault says of itself
     */
    record Marked(long at, String fault, String phase, String detail) implements LedgerEntry {}
}
