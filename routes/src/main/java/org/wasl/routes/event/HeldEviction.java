package org.wasl.routes.event;

import java.util.concurrent.TimeUnit;
import org.wasl.routes.held.HeldAnswers;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/** Makes what a subscriber's member holds about an event's subject unusable: it may not be true any more. */
public final class HeldEviction implements EventListener {

    private static final long PATIENCE_SECONDS = 5;

    private final HeldAnswers held;

    public HeldEviction(HeldAnswers held) {
        this.held = held;
    }

    @Override
    public String name() {
        return "held-answers";
    }

    @Override
    public boolean wants(SubsystemId subscriber, ServiceId type) {
        return held.holds();
    }

    /** A cache that does not say that it did, fails; then it is asked again. */
    @Override
    public Outcome hear(ReceivedEvent event) {
        String subject = event.subject();
        if (subject != null) {
            held.evict(event.subscriber().member(), subject)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        return Outcome.DONE;
    }
}
