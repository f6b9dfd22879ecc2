package org.wasl.security.authority;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.registry.RegistryXml;

/**
 * Adds a part to a draft: members, subsystems, services and agreements that it lacks. What is there already, by its
 * identifier, stays as it is: the authority may have changed it.
 */
public final class DraftMerge {

    private static final XmlRules RULES = new XmlRules(RegistryXml.MAX_OCTETS, false, true);
    private static final List<String> ORDER = List.of("member", "agreement");

    private final Element root;

    private DraftMerge(Element root) {
        this.root = root;
    }

    /**
     * Adds what the part has and the draft lacks.
     *
     * @param draft the draft as it is
     * @param part a draft too, of members and agreements only
     * @return the draft with the part, not examined; or why nothing was changed
     */
    public static DraftEdit.Outcome add(byte[] draft, byte[] part) {
        try {
            Element root = root(draft, "the draft");
            new DraftMerge(root).add(root(part, "the part"));
            return new DraftEdit.Outcome.Edited(HardenedXml.serialise(root));
        } catch (IllegalArgumentException e) {
            return new DraftEdit.Outcome.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Element root(byte[] octets, String what) {
        XmlVerdict verdict = HardenedXml.parse(octets, RULES);
        if (verdict instanceof XmlVerdict.Refused refused) {
            throw new IllegalArgumentException(what + " cannot be read: " + refused.reason());
        }
        Element root = ((XmlVerdict.Parsed) verdict).document().getDocumentElement();
        if (!RegistryXml.NAMESPACE.equals(root.getNamespaceURI()) || !"registry".equals(root.getLocalName())) {
            throw new IllegalArgumentException(what + " is no registry");
        }
        return root;
    }

    private void add(Element part) {
        if (!part.getAttribute("instance").equals(root.getAttribute("instance"))) {
            throw new IllegalArgumentException("the part is of the instance " + part.getAttribute("instance"));
        }
        for (Element child : children(part)) {
            switch (child.getLocalName()) {
                case "member" -> member(child);
                case "agreement" -> addUnlessThere(root, child, "id");
                default ->
                    throw new IllegalArgumentException("a part holds members and agreements, no " + child.getLocalName()
                            + "; who is trusted is the authority's to say");
            }
        }
    }

    private void member(Element member) {
        Optional<Element> there = find(root, member, "id");
        if (there.isEmpty()) {
            insert(root, member);
            return;
        }
        for (Element subsystem : named(member, "subsystem")) {
            Optional<Element> known = find(there.get(), subsystem, "code");
            if (known.isEmpty()) {
                there.get().appendChild(imported(subsystem));
                continue;
            }
            for (Element service : named(subsystem, "service")) {
                if (find(known.get(), service, "code").isEmpty()) {
                    known.get().appendChild(imported(service));
                }
            }
        }
    }

    private void addUnlessThere(Element parent, Element child, String key) {
        if (find(parent, child, key).isEmpty()) {
            insert(parent, child);
        }
    }

    /** After the last of its own kind, or else before the first of a later kind. */
    private void insert(Element parent, Element child) {
        int rank = ORDER.indexOf(child.getLocalName());
        Node before = null;
        for (Element sibling : children(parent)) {
            if (ORDER.indexOf(sibling.getLocalName()) > rank) {
                before = sibling;
                break;
            }
        }
        parent.insertBefore(imported(child), before);
    }

    private Node imported(Element element) {
        return root.getOwnerDocument().importNode(element, true);
    }

    /** The same key and, of services, the same version; nothing else has one. */
    private static Optional<Element> find(Element parent, Element like, String key) {
        return named(parent, like.getLocalName()).stream()
                .filter(element -> element.getAttribute(key).equals(like.getAttribute(key)))
                .filter(element -> element.getAttribute("version").equals(like.getAttribute("version")))
                .findFirst();
    }

    private static List<Element> named(Element parent, String name) {
        return children(parent).stream()
                .filter(child -> name.equals(child.getLocalName()))
                .toList();
    }

    private static List<Element> children(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                found.add(child);
            }
        }
        return found;
    }
}
