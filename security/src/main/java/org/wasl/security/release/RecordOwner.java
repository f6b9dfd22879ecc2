package org.wasl.security.release;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** To whom a record belongs, by its own word. */
public final class RecordOwner {

    private RecordOwner() {}

    /**
     * Whether the record names this person as its owner, or as one of its owners. A record that cannot be read, or that
     * names no owner, belongs to nobody who asks.
     *
     * @param record the full record as XML, UTF-8
     * @param path where it names the owner: local names from the record's root on, separated by {@code /}
     * @param nationalNumber the person's national number
     */
    public static boolean owns(byte[] record, String path, String nationalNumber) {
        if (nationalNumber.isBlank()
                || !(HardenedXml.parse(record, XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed)) {
            return false;
        }
        String[] names = path.split("/", -1);
        Element root = parsed.document().getDocumentElement();
        if (!names[0].equals(root.getLocalName())) {
            return false;
        }
        List<Element> found = List.of(root);
        for (int i = 1; i < names.length; i++) {
            found = below(found, names[i]);
        }
        return found.stream()
                .anyMatch(element -> element.getTextContent().strip().equals(nationalNumber));
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
