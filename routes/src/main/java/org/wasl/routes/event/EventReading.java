package org.wasl.routes.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.OpenResult;
import org.wasl.security.registry.Service;

/** Reads events back from the log: verified when they were logged, so only opened here. */
final class EventReading {

    private final Ledger ledger;
    private final AsicContainerVerifier opener;

    EventReading(Ledger ledger, AsicContainerVerifier opener) {
        this.ledger = ledger;
        this.opener = opener;
    }

    /** The message by which the publisher told this event, from the publisher's log. */
    Optional<StoredMessage> told(Pair pair, long number) {
        return find(pair, number, Direction.SENT);
    }

    /** The message by which the publisher told this event, from the subscriber's log. */
    Optional<StoredMessage> received(Pair pair, long number) {
        return find(pair, number, Direction.RECEIVED);
    }

    private Optional<StoredMessage> find(Pair pair, long number, Direction direction) {
        return ledger.find(
                direction == Direction.SENT
                        ? pair.publisher().member()
                        : pair.subscriber().member(),
                direction,
                pair.publisher(),
                MessageIds.told(pair.publisher(), pair.subscriber(), number));
    }

    /** The container of a logged message; empty when it was erased. */
    Optional<Container> open(StoredMessage stored) {
        byte[] octets = stored.container();
        return octets == null ? Optional.empty() : open(octets);
    }

    /** The container in these octets; nothing is said about who signed it. */
    Optional<Container> open(byte[] octets) {
        return opener.open(octets) instanceof OpenResult.Opened opened
                ? Optional.of(opened.container())
                : Optional.empty();
    }

    /** Whom or what a record is about, by its type's own field; null when the record does not say. */
    static @Nullable String subject(Service type, Element record) {
        String field = type.ownerField();
        return field == null ? null : value(record, field);
    }

    /** The first text at this path of a record; null when there is none. */
    static @Nullable String value(Element record, String field) {
        String[] names = field.split("/", -1);
        if (!names[0].equals(record.getLocalName())) {
            return null;
        }
        List<Element> found = List.of(record);
        for (int i = 1; i < names.length; i++) {
            found = below(found, names[i]);
        }
        return found.stream()
                .map(element -> element.getTextContent().strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static List<Element> below(List<Element> parents, String name) {
        List<Element> children = new ArrayList<>();
        for (Element parent : parents) {
            for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element element && name.equals(element.getLocalName())) {
                    children.add(element);
                }
            }
        }
        return children;
    }
}
