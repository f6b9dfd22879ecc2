package org.wasl.schemas.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Where in the document the parser stands. */
final class ElementPath {

    private static final int MAX_CHARACTERS = 500;

    private final Deque<Frame> open = new ArrayDeque<>();

    ElementPath() {
        open.push(new Frame("", "", 1));
    }

    void enter(String namespace, String localName) {
        int position = open.element().children.merge(namespace + " " + localName, 1, Integer::sum);
        open.push(new Frame(namespace, localName, position));
    }

    void leave() {
        open.pop();
    }

    boolean isEmpty() {
        return open.size() == 1;
    }

    String text(UnaryOperator<String> prefixes) {
        StringBuilder path = new StringBuilder();
        Iterator<Frame> frames = open.descendingIterator();
        frames.next();
        while (frames.hasNext()) {
            Frame frame = frames.next();
            path.append('/');
            if (!frame.namespace.isEmpty()) {
                path.append(prefixes.apply(frame.namespace)).append(':');
            }
            path.append(frame.localName);
            if (frame.position > 1) {
                path.append('[').append(frame.position).append(']');
            }
        }
        if (path.length() == 0) {
            return "/";
        }
        return path.length() <= MAX_CHARACTERS ? path.toString() : path.substring(0, MAX_CHARACTERS) + "…";
    }

    private static final class Frame {
        private final String namespace;
        private final String localName;
        private final int position;
        private final Map<String, Integer> children = new HashMap<>(4);

        Frame(String namespace, String localName, int position) {
            this.namespace = namespace;
            this.localName = localName;
            this.position = position;
        }
    }
}
