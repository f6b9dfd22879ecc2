package org.wasl.node.edge.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.wasl.messagelog.leaf.Leaf;

/** What one line of a person's list tells. */
sealed interface Use {

    /** When it was logged. */
    Instant at();

    /** The index of its leaf; the first of several. */
    long index();

    /** The code of what it was for. */
    String purpose();

    /**
     * What an auditor did.
     *
     * @param purpose the code of what was done
     */
    record Audited(long index, Instant at, String purpose) implements Use {}

    /**
     * An event that one agency told another.
     *
     * @param event the leaf of the publisher's message to its subscriber
     */
    record Told(long index, Instant at, Leaf event) implements Use {

        @Override
        public String purpose() {
            return Objects.requireNonNull(event.purpose(), "a told event has a purpose");
        }
    }

    /**
     * What one member asked within one request; with a composite one it asks several services at once. Nobody is hidden
     * in it: one receiver, and each service once, so that who asks twice is told twice.
     *
     * @param parts the requests, in the order logged
     */
    record Asked(long index, Instant at, List<Leaf> parts) implements Use {

        public Asked {
            parts = List.copyOf(parts);
        }

        @Override
        public String purpose() {
            return Objects.requireNonNull(parts.get(0).purpose(), "a request has a purpose");
        }

        /** The same with one more part. */
        Asked with(Leaf part) {
            List<Leaf> more = new ArrayList<>(parts);
            more.add(part);
            return new Asked(index, at, more);
        }
    }
}
