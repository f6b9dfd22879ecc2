package org.wasl.screens.operator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The map of the flow: on the one side who asks, on the other who is asked, lines between them as wide as there is asked.
 * In a page that is read from the right, it begins on the right.
 *
 * @param width of the picture
 * @param height of the picture
 * @param nodes the members
 * @param links what goes between them
 */
public record FlowMap(int width, int height, List<Node> nodes, List<Link> links) {

    private static final int WIDTH = 960;
    private static final int BOX = 262;
    private static final int GAP = 14;
    private static final int LEAST = 58;
    private static final int STEP = 30;
    private static final int PADDING = 12;
    private static final int TEXT_INSET = 16;
    private static final int LINE_HEIGHT = 19;
    private static final int WRAP = 28;
    private static final double THINNEST = 2;
    private static final double WIDEST = 16;

    /** One member's box. */
    public record Node(int x, int y, int boxWidth, int boxHeight, int textX, List<Line> lines, String health) {}

    /** One line of a member's name. */
    public record Line(int y, String text) {}

    /** @param rate exchanges a minute, written where the line begins */
    public record Link(
            String path, String strokeWidth, String health, int rateX, int rateY, String rate, String title) {}

    /** What one member asks of another. */
    record Flow(String consumer, String provider, Totals total) {}

    static FlowMap of(List<Flow> flows, Map<String, String> names, boolean mirrored) {
        List<Flow> ordered = new ArrayList<>(flows);
        ordered.sort(Comparator.comparing(Flow::consumer).thenComparing(Flow::provider));
        Column askers = new Column(ordered, true, names, mirrored);
        Column asked = new Column(ordered, false, names, mirrored);
        int height = Math.max(askers.height, asked.height) + PADDING;
        askers.center(height);
        asked.center(height);
        long most =
                ordered.stream().mapToLong(flow -> flow.total().asked()).max().orElse(1);
        List<Link> links = new ArrayList<>();
        for (Flow flow : ordered) {
            links.add(link(flow, askers, asked, most, mirrored));
        }
        List<Node> nodes = new ArrayList<>(askers.nodes());
        nodes.addAll(asked.nodes());
        return new FlowMap(WIDTH, height, nodes, links);
    }

    private static Link link(Flow flow, Column askers, Column asked, long most, boolean mirrored) {
        int fromY = askers.attach(flow.consumer());
        int toY = asked.attach(flow.provider());
        int from = mirror(BOX, mirrored);
        int to = mirror(WIDTH - BOX, mirrored);
        int bend = mirror(WIDTH / 2, mirrored);
        double share = Math.sqrt(flow.total().asked() / (double) Math.max(1, most));
        return new Link(
                String.format(Locale.ROOT, "M%d %dC%d %d %d %d %d %d", from, fromY, bend, fromY, bend, toY, to, toY),
                String.format(Locale.ROOT, "%.1f", THINNEST + (WIDEST - THINNEST) * share),
                flow.total().health(),
                mirror(BOX + GAP, mirrored),
                fromY - (int) Math.round((THINNEST + (WIDEST - THINNEST) * share) / 2) - 3,
                flow.total().rate(),
                askers.name(flow.consumer()) + " — " + asked.name(flow.provider()) + ": "
                        + flow.total().askedText());
    }

    private static int mirror(int x, boolean mirrored) {
        return mirrored ? WIDTH - x : x;
    }

    /** One side of the map. */
    private static final class Column {

        private final Map<String, List<Flow>> members = new LinkedHashMap<>();
        private final Map<String, Integer> tops = new LinkedHashMap<>();
        private final Map<String, Integer> taken = new LinkedHashMap<>();
        private final Map<String, String> names;
        private final boolean asking;
        private final boolean mirrored;
        private int height;

        Column(List<Flow> flows, boolean asking, Map<String, String> names, boolean mirrored) {
            this.asking = asking;
            this.names = names;
            this.mirrored = mirrored;
            flows.forEach(flow -> members.computeIfAbsent(
                            asking ? flow.consumer() : flow.provider(), first -> new ArrayList<>())
                    .add(flow));
            int top = PADDING;
            for (String member : members.keySet()) {
                tops.put(member, top);
                top += boxHeight(member) + GAP;
            }
            height = top;
        }

        String name(String member) {
            return names.getOrDefault(member, member);
        }

        /** Moves what is shorter than the picture to its middle. */
        void center(int picture) {
            int down = (picture - height) / 2;
            tops.replaceAll((member, top) -> top + Math.max(0, down));
        }

        private int boxHeight(String member) {
            return Math.max(
                    LEAST,
                    PADDING + STEP * members.getOrDefault(member, List.of()).size());
        }

        /** Where the next line of this member begins or ends. */
        int attach(String member) {
            int count = members.getOrDefault(member, List.of()).size();
            int number = taken.merge(member, 1, Integer::sum);
            return tops.getOrDefault(member, 0) + (int) Math.round(boxHeight(member) * (number / (count + 1.0)));
        }

        List<Node> nodes() {
            List<Node> nodes = new ArrayList<>();
            members.forEach((member, flows) -> {
                boolean left = asking != mirrored;
                int x = left ? 0 : WIDTH - BOX;
                int top = tops.getOrDefault(member, 0);
                List<String> words = wrap(name(member));
                int first = top + boxHeight(member) / 2 - (words.size() - 1) * LINE_HEIGHT / 2 + 5;
                List<Line> lines = new ArrayList<>();
                for (int i = 0; i < words.size(); i++) {
                    lines.add(new Line(first + i * LINE_HEIGHT, words.get(i)));
                }
                nodes.add(new Node(
                        x,
                        top,
                        BOX,
                        boxHeight(member),
                        mirrored ? x + BOX - TEXT_INSET : x + TEXT_INSET,
                        lines,
                        asking ? "none" : health(flows)));
            });
            return nodes;
        }

        private static String health(List<Flow> flows) {
            long judged =
                    flows.stream().mapToLong(flow -> flow.total().judged()).sum();
            long failed =
                    flows.stream().mapToLong(flow -> flow.total().failed()).sum();
            return new Totals(
                            judged,
                            judged - failed,
                            0,
                            0,
                            failed,
                            0,
                            Span.ofMillis(0),
                            Span.ofMillis(0),
                            Span.ofMillis(0))
                    .health();
        }

        private static List<String> wrap(String name) {
            List<String> lines = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            for (String word : name.split(" ")) {
                if (line.length() > 0 && line.length() + word.length() >= WRAP) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.length() == 0 ? "" : " ").append(word);
            }
            lines.add(line.toString());
            return lines;
        }
    }
}
