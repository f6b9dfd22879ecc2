package org.wasl.screens.auditor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.Reading;

/**
 * One request as a sequence of messages between those who took part, with every place in the picture reckoned, for
 * reading from the right where the page is. The same is told in a table beside it.
 *
 * @param width in the picture's units, as all lengths here
 */
public record SequencePicture(int width, int height, List<Lifeline> lifelines, List<Arrow> arrows) {

    private static final int COLUMN = 158;
    private static final int ROW = 54;
    private static final int TOP = 76;
    private static final int BOTTOM = 24;
    private static final int MOST_TEXT = 21;

    /** More than these are in the table only. */
    private static final int MOST_LIFELINES = 10;

    private static final int MOST_ARROWS = 60;

    /**
     * One who took part.
     *
     * @param name the system's
     * @param body whose it is
     */
    public record Lifeline(int x, String name, String body) {}

    /**
     * One message.
     *
     * @param number its row in the table
     * @param from where it begins
     * @param to where it ends; beyond it is the head
     * @param middle where its text is
     * @param head the three corners of its head
     * @param kind {@code request}, {@code reply}, {@code fault}, {@code refused} or {@code event}
     * @param after how long after the first one, such as {@code +12 ms}
     */
    public record Arrow(int number, int y, int from, int to, int middle, String head, String kind, String after) {}

    /** The picture of these messages, in the order logged; empty when there is nothing to draw. */
    static Optional<SequencePicture> of(List<Message> messages, Language language) {
        Map<String, Message.Party> parties = new LinkedHashMap<>();
        messages.forEach(message -> message.way().forEach(party -> parties.putIfAbsent(party.id(), party)));
        if (parties.size() < 2 || parties.size() > MOST_LIFELINES) {
            return Optional.empty();
        }
        int width = COLUMN * parties.size();
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Lifeline> lifelines = new ArrayList<>();
        parties.forEach((id, party) -> {
            int place = COLUMN * places.size() + COLUMN / 2;
            int x = language == Language.AR ? width - place : place;
            places.put(id, x);
            lifelines.add(new Lifeline(x, shortened(party.name()), shortened(party.body())));
        });
        List<Arrow> arrows = new ArrayList<>();
        Instant first = null;
        for (Message message : messages) {
            if (message.way().size() == 2 && arrows.size() < MOST_ARROWS) {
                first = first == null ? message.at() : first;
                arrows.add(arrow(message, places, arrows.size(), first));
            }
        }
        int height = TOP + ROW * arrows.size() + BOTTOM;
        return Optional.of(new SequencePicture(width, height, lifelines, arrows));
    }

    private static Arrow arrow(Message message, Map<String, Integer> places, int row, Instant first) {
        int y = TOP + ROW * row + ROW / 2;
        int from = places.getOrDefault(message.way().get(0).id(), 0);
        int to = places.getOrDefault(message.way().get(1).id(), 0);
        int back = to > from ? -9 : 9;
        int end = to + back;
        return new Arrow(
                message.number(),
                y,
                from,
                end,
                (from + to) / 2,
                to + "," + y + " " + end + "," + (y - 5) + " " + end + "," + (y + 5),
                message.style(),
                after(first, message.at()));
    }

    private static String after(Instant first, Instant at) {
        long millis = Math.max(0, Duration.between(first, at).toMillis());
        return millis < 10_000 ? "+" + millis + " ms" : "+" + millis / 1_000 + " s";
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT - 1) + "…";
    }

    /**
     * One message of a request: as often as it was logged, it is one.
     *
     * @param way from whom to whom; empty for what is no message
     * @param events what the history tells of it, leaf by leaf
     */
    public record Message(int number, Instant at, List<Party> way, String style, List<Reading> events) {

        /** One who sends or receives. */
        public record Party(String id, String name, String body) {}

        /** The first leaf. */
        public Reading leaf() {
            return events.get(0).in("leaf");
        }
    }
}
