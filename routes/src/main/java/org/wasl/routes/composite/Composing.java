package org.wasl.routes.composite;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.flow.Ended;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.registry.Registry;

/** The bodies of {@code composite.ask}, one for each stage that a composite request reaches. */
sealed interface Composing {

    CompositeFlight flight();

    /** What the caller asked. */
    record Draft(CompositeFlight flight, CompositeRequest request, CompositeDeclaration declaration)
            implements Composing {}

    /**
     * A message, not signed yet.
     *
     * @param registry the registry by which it was built
     * @param subject the value of the subject input; null when there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Built(
            CompositeFlight flight,
            CompositeRequest request,
            CompositeDeclaration declaration,
            Registry registry,
            Header header,
            byte[] payload,
            @Nullable String subject)
            implements Composing {}

    /** Signed. */
    record Signed(
            CompositeFlight flight,
            CompositeRequest request,
            CompositeDeclaration declaration,
            Container container,
            @Nullable String subject)
            implements Composing {}

    /**
     * Durable in the log: it will be answered.
     *
     * @param inputs its inputs, as signed
     * @param assertion what an identity issuer asserts of the actor, as signed; null when nothing
     * @param run which of its runs this is
     */
    record Accepted(
            CompositeFlight flight,
            CompositeDeclaration declaration,
            Container container,
            Map<String, String> inputs,
            @Nullable String assertion,
            Run run)
            implements Composing {

        /** The same, which ends in this fault. */
        Accepted refused(Fault fault) {
            return new Accepted(
                    flight,
                    declaration,
                    container,
                    inputs,
                    assertion,
                    new Run(run.until(), run.announced(), run.last(), run.asks(), fault));
        }
    }

    /**
     * One of the runs of a request: the first, and one whenever a late answer has come.
     *
     * @param until when it has to have ended
     * @param announced whether the interim answer has been given
     * @param last whether nothing is waited for any more
     * @param asks whether steps may be asked that were not asked before
     * @param refused why it ends in a fault, once what it changed is undone; null when it does not
     */
    record Run(
            Instant until,
            boolean announced,
            boolean last,
            boolean asks,
            @Nullable Fault refused) {

        /** A run that may go as far as there is time. */
        Run(Instant until, boolean announced, boolean last) {
            this(until, announced, last, true, null);
        }
    }

    /**
     * Every step has ended.
     *
     * @param effects what became of what steps changed, by step
     */
    record Gathered(Accepted accepted, List<StepOutcome> outcomes, Map<String, EffectOutcome> effects)
            implements Composing {

        public Gathered {
            outcomes = List.copyOf(outcomes);
            effects = Collections.unmodifiableMap(new LinkedHashMap<>(effects));
        }

        /** Whether something is still to be undone. */
        boolean undoing() {
            return effects.values().stream().anyMatch(effect -> effect.state() == EffectOutcome.State.UNDOING);
        }

        @Override
        public CompositeFlight flight() {
            return accepted.flight();
        }
    }

    /** The answer is signed. */
    record Concluded(Accepted accepted, Container answer) implements Composing {

        @Override
        public CompositeFlight flight() {
            return accepted.flight();
        }
    }

    /**
     * Sources are awaited still; the interim answer was given before.
     *
     * @param undoing whether something is still to be undone
     */
    record Waiting(Accepted accepted, boolean undoing) implements Composing, Ended {

        @Override
        public CompositeFlight flight() {
            return accepted.flight();
        }
    }

    /**
     * Refused before it became a message.
     *
     * @param subject whom or what it asked about; null when that is not known
     */
    record Refused(
            CompositeFlight flight,
            CompositeRequest request,
            Fault fault,
            @Nullable String subject) implements Composing, Ended {

        /** Refused before anybody looked whom it is about. */
        Refused(CompositeFlight flight, CompositeRequest request, Fault fault) {
            this(flight, request, fault, null);
        }
    }

    /** A request of this id had been accepted before. */
    record Repeated(CompositeFlight flight, CompositeRequest request) implements Composing, Ended {}
}
