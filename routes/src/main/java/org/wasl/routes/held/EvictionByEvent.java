package org.wasl.routes.held;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.routes.event.EventListener;
import org.wasl.routes.event.ReceivedEvent;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * Evicts what is held about whomever and whatever an event names: the person, the plate, the parcel. What an event is about
 * beyond its subject is the publisher's to know; evicting too much costs an answer that is asked again, too little a wrong one.
 */
public final class EvictionByEvent implements EventListener {

    /** An event names a few things; one that names more is no event of ours to understand. */
    private static final int MOST = 64;

    private final HeldAnswers held;

    public EvictionByEvent(HeldAnswers held) {
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

    @Override
    public Outcome hear(ReceivedEvent event) {
        Set<String> named = new LinkedHashSet<>();
        collect(event.record().root(), named);
        MemberId member = event.subscriber().member();
        // Each is done or fails within the cache's timeout; what fails is evicted again.
        CompletableFuture.allOf(
                        named.stream().map(value -> held.evict(member, value)).toArray(CompletableFuture[]::new))
                .join();
        return Outcome.DONE;
    }

    private static void collect(Element element, Set<String> named) {
        boolean simple = true;
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                simple = false;
                collect(child, named);
            }
        }
        String text = element.getTextContent().strip();
        if (simple && !text.isEmpty() && named.size() < MOST) {
            named.add(text);
        }
    }
}
