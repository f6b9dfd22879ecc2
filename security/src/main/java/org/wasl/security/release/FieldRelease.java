package org.wasl.security.release;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/**
 * Cuts a record to the fields that an agreement releases, before it is signed.
 *
 * <p>A path releases the elements it names, with their attributes and all below them. Elements on the way to a released
 * one stay as bare structure: their name, no text, and <em>no attributes</em>, since a path cannot name an attribute
 * and what nobody released must not leave. Elements that lead to nothing released go, so their absence and their
 * presence look alike. The root always stays, and so does its {@code synthetic} mark, which says nothing about anybody
 * but must never get lost. When a schema requires an attribute that was thus cut, the record fails
 * its validation and nothing leaves: the agreement then has to release that element as a whole.
 */
public final class FieldRelease {

    private static final String SYNTHETIC = "synthetic";
    private static final int MAX_PATHS = 256;

    private FieldRelease() {}

    /**
     * Cuts one record.
     *
     * @param record the record as XML, UTF-8
     * @param releasedPaths local names from the record's root on, separated by {@code /}, for example {@code person/names}
     * @return the record with the released fields only, as exclusive canonical XML, or why it cannot be cut
     * @throws IllegalArgumentException when there are more than 256 paths
     */
    public static Cut cut(byte[] record, List<String> releasedPaths) {
        if (releasedPaths.size() > MAX_PATHS) {
            throw new IllegalArgumentException("an agreement releases at most " + MAX_PATHS + " paths");
        }
        XmlVerdict verdict = HardenedXml.parse(record, XmlRules.WIRE);
        if (verdict instanceof XmlVerdict.Refused refused) {
            boolean large = refused.code() == FaultCode.XML_LIMIT;
            return new Cut.Refused(new Fault(
                    large ? FaultCode.BACKEND_OVERSIZED : FaultCode.RECORD_INVALID,
                    Stage.MINIMISE,
                    "record",
                    (large
                                    ? "the record is too large to be released: "
                                    : "the record is not XML that may be released: ")
                            + refused.reason()));
        }
        Document document = ((XmlVerdict.Parsed) verdict).document();
        Element root = document.getDocumentElement();
        Step above = Step.of(releasedPaths);
        Step step = above.below.getOrDefault(root.getLocalName(), Step.NOTHING);
        if (!step.released) {
            strip(root, step);
        }
        return new Cut.Released(HardenedXml.serialise(root));
    }

    /** Removes what is not released; returns whether anything released is left. */
    private static boolean strip(Element element, Step step) {
        removeAttributes(element);
        boolean any = false;
        Node child = element.getFirstChild();
        while (child != null) {
            Node next = child.getNextSibling();
            if (child instanceof Element inner && survives(inner, step)) {
                any = true;
            } else {
                element.removeChild(child);
            }
            child = next;
        }
        return any;
    }

    private static boolean survives(Element element, Step above) {
        Step step = above.below.getOrDefault(element.getLocalName(), Step.NOTHING);
        return step.released || (!step.below.isEmpty() && strip(element, step));
    }

    private static void removeAttributes(Element element) {
        boolean root = element.getParentNode() instanceof Document;
        NamedNodeMap attributes = element.getAttributes();
        for (int i = attributes.getLength() - 1; i >= 0; i--) {
            Attr attribute = (Attr) attributes.item(i);
            boolean mark = root && attribute.getName().equals(SYNTHETIC);
            if (!mark && !XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
                element.removeAttributeNode(attribute);
            }
        }
    }

    /** The released paths as a tree, so that a record is walked once. */
    private static final class Step {

        private static final Step NOTHING = new Step();

        private final Map<String, Step> below = new HashMap<>();
        private boolean released;

        static Step of(List<String> paths) {
            Step root = new Step();
            for (String path : paths) {
                Step step = root;
                for (String name : path.split("/", -1)) {
                    step = step.below.computeIfAbsent(name, key -> new Step());
                }
                step.released = true;
            }
            return root;
        }
    }
}
