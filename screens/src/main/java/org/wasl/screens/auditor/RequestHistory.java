package org.wasl.screens.auditor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wasl.screens.auditor.SequencePicture.Message;
import org.wasl.screens.frame.Reading;

/** Puts the leaves of a request's history together to messages: sent and received it is the same one. */
final class RequestHistory {

    private RequestHistory() {}

    static List<Message> messages(List<Reading> events) {
        Map<String, List<Reading>> together = new LinkedHashMap<>();
        for (Reading event : events) {
            Reading leaf = event.in("leaf");
            boolean message = leaf.has("messageId") && !"REFUSED".equals(leaf.text("direction"));
            String key = message ? leaf.text("messageId") : "leaf " + leaf.text("index");
            together.computeIfAbsent(key, id -> new ArrayList<>()).add(event);
        }
        List<Message> messages = new ArrayList<>();
        together.values().forEach(same -> {
            Reading leaf = same.get(0).in("leaf");
            messages.add(new Message(
                    messages.size() + 1,
                    leaf.at("at").orElse(Instant.EPOCH),
                    way(leaf),
                    style(leaf),
                    List.copyOf(same)));
        });
        return messages;
    }

    private static List<Message.Party> way(Reading leaf) {
        if (!leaf.has("consumer") || !leaf.has("provider") || "RECORDED".equals(leaf.text("direction"))) {
            return List.of();
        }
        Message.Party consumer = party(leaf, "consumer");
        Message.Party provider = party(leaf, "provider");
        if (consumer.id().equals(provider.id())) {
            return List.of();
        }
        boolean back = leaf.has("sender") ? leaf.id("sender").equals(provider.id()) : leaf.has("inReplyTo");
        return back ? List.of(provider, consumer) : List.of(consumer, provider);
    }

    private static Message.Party party(Reading leaf, String role) {
        String id = leaf.id(role);
        String[] parts = id.split("/", -1);
        return new Message.Party(id, leaf.label(role), parts.length > 2 ? parts[2] : id);
    }

    private static String style(Reading leaf) {
        if ("REFUSED".equals(leaf.text("direction"))) {
            return "refused";
        }
        return switch (leaf.text("kind")) {
            case "REQUEST" -> "request";
            case "REPLY" -> "reply";
            case "FAULT" -> "fault";
            case "EVENT" -> "event";
            default -> "record";
        };
    }
}
