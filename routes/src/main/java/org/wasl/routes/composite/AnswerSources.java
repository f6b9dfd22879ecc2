package org.wasl.routes.composite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sf.saxon.s9api.Axis;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmNodeKind;
import net.sf.saxon.s9api.XdmSequenceIterator;
import org.w3c.dom.Element;
import org.wasl.schemas.identifier.ServiceId;

/** A signed {@code consolidated:answer}, read back: what each source answered, for expressions over its record. */
public final class AnswerSources {

    private static final String NAMESPACE = "urn:wasl:consolidated:1";

    private final XdmNode answer;

    private AnswerSources(XdmNode answer) {
        this.answer = answer;
    }

    /** @param answer the root of a document of its own, valid by its schema */
    public static AnswerSources of(Element answer) {
        return new AnswerSources(RecordExpression.root(answer));
    }

    /** What is owed in all, as the answer says it; empty when no source said. */
    public Optional<String> totalDues() {
        return child(answer, "totalDues").map(XdmNode::getStringValue).map(String::strip);
    }

    /** The sources that gave a record, in the answer's order. */
    public List<Source> all() {
        List<Source> sources = new ArrayList<>();
        for (XdmNode source : children(answer, "source")) {
            child(source, "record")
                    .flatMap(AnswerSources::element)
                    .ifPresent(record -> sources.add(
                            new Source(text(source, "step"), ServiceId.parse(text(source, "service")), record)));
        }
        return sources;
    }

    /** One source, or one part of its record. Safe for many threads. */
    public static final class Source {

        private final String step;
        private final ServiceId service;
        private final XdmNode record;

        private Source(String step, ServiceId service, XdmNode record) {
            this.step = step;
            this.service = service;
            this.record = record;
        }

        /** The step's id in the answer. */
        public String step() {
            return step;
        }

        /** Which service was asked. */
        public ServiceId service() {
            return service;
        }

        /**
         * Whether the condition holds.
         *
         * @throws ExpressionFailedException when it cannot be evaluated
         */
        public boolean holds(RecordExpression condition, Map<String, String> inputs) {
            return condition.holds(record, inputs);
        }

        /**
         * The first item's string value; empty when there is none, or an empty string.
         *
         * @throws ExpressionFailedException when it cannot be evaluated
         */
        public Optional<String> value(RecordExpression expression, Map<String, String> inputs) {
            return expression.value(record, inputs);
        }

        /**
         * The elements that it yields, each as a part of this source.
         *
         * @throws ExpressionFailedException when an item is no element, or it cannot be evaluated
         */
        public List<Source> parts(RecordExpression items, Map<String, String> inputs) {
            return items.elements(record, inputs).stream()
                    .map(part -> new Source(step, service, part))
                    .toList();
        }
    }

    private static String text(XdmNode parent, String name) {
        return child(parent, name)
                .map(XdmNode::getStringValue)
                .orElseThrow(() -> new IllegalArgumentException("no " + name))
                .strip();
    }

    private static Optional<XdmNode> child(XdmNode parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    private static List<XdmNode> children(XdmNode parent, String name) {
        List<XdmNode> children = new ArrayList<>();
        XdmSequenceIterator<XdmNode> found = parent.axisIterator(Axis.CHILD, new QName(NAMESPACE, name));
        while (found.hasNext()) {
            children.add(found.next());
        }
        return children;
    }

    private static Optional<XdmNode> element(XdmNode parent) {
        for (XdmNode child : parent.children()) {
            if (child.getNodeKind() == XdmNodeKind.ELEMENT) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }
}
