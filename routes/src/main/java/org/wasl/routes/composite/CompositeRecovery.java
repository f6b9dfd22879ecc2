package org.wasl.routes.composite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;

/**
 * Takes up composite requests that the last run of this node left unanswered. Their steps' message ids are derived from
 * their own, so a step that was answered is not asked again; one whose time is up ends in a signed fault.
 */
final class CompositeRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(CompositeRecovery.class);
    private static final int PAGE = 256;

    private final MessageLog log;
    private final CompositeTracking tracking;
    private final CompositeEntrance entrance;
    private final FailedComposition failed;
    private final OpenComposites open;
    private final Ledger ledger;

    CompositeRecovery(
            MessageLog log,
            CompositeTracking tracking,
            CompositeEntrance entrance,
            FailedComposition failed,
            OpenComposites open,
            Ledger ledger) {
        this.open = open;
        this.log = log;
        this.tracking = tracking;
        this.entrance = entrance;
        this.failed = failed;
        this.ledger = ledger;
    }

    /**
     * Takes up all that is unanswered.
     *
     * @return how many requests were taken up
     */
    int run() {
        int taken = 0;
        long from = 0;
        List<StoredMessage> page = log.unanswered(MessageKind.REQUEST, Direction.RECEIVED, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage stored : page) {
                if (takeUp(stored)) {
                    taken++;
                }
                from = stored.index() + 1;
            }
            page = log.unanswered(MessageKind.REQUEST, Direction.RECEIVED, from, PAGE);
        }
        if (taken > 0) {
            LOG.info("Took up {} composite requests of the last run", taken);
        }
        return taken;
    }

    private boolean takeUp(StoredMessage stored) {
        Optional<CompositeDeclaration> declaration = tracking.declaration(stored);
        if (declaration.isEmpty()) {
            return false;
        }
        if (tracking.announced(stored)) {
            // Its interim answer was given: who keeps what is open takes it up.
            return false;
        }
        Optional<Container> request = tracking.open(stored);
        if (request.isEmpty()) {
            LOG.warn("Composite request {} cannot be taken up: its container was erased", stored.messageId());
            return false;
        }
        Composing.Accepted accepted = new Composing.Accepted(
                CompositeFlight.of(stored.messageId(), stored.service()),
                declaration.get(),
                request.get(),
                tracking.inputs(request.get()),
                tracking.assertion(request.get()),
                new Composing.Run(request.get().header().expires(), false, false));
        if (declaration.get().changes()) {
            takeUpChanges(accepted);
        } else if (!ledger.now().isBefore(request.get().header().expires())) {
            failed.end(accepted, fault(stored, "the node was down when the deadline passed"));
        } else if (!entrance.compose(accepted)) {
            failed.end(accepted, fault(stored, "too many requests were left by the last run"));
        }
        return true;
    }

    /** It may have changed something: past its time nothing more is asked, and what cannot stand is undone. */
    private void takeUpChanges(Composing.Accepted accepted) {
        Instant now = ledger.now();
        Header header = accepted.container().header();
        Instant until = header.issued().plus(accepted.declaration().undoWithin());
        Composing.Accepted late = now.isBefore(header.expires())
                ? accepted
                : new Composing.Accepted(
                        accepted.flight(),
                        accepted.declaration(),
                        accepted.container(),
                        accepted.inputs(),
                        accepted.assertion(),
                        new Composing.Run(
                                now.plus(accepted.declaration().deadline()), false, !now.isBefore(until), false, null));
        if (!entrance.compose(late)) {
            open.keep(accepted.flight().trackingId(), until);
        }
    }

    private static Fault fault(StoredMessage stored, String detail) {
        return new Fault(
                FaultCode.COMPOSITE_DEADLINE, Stage.COMPOSE, stored.service().code(), detail);
    }
}
