package org.wasl.security.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Steps through a registry document that follows its schema. */
final class RegistryElements {

    private RegistryElements() {}

    static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }

    /** The attribute's value without the blanks that {@code xs:token} does not keep. */
    static String attribute(Element element, String name) {
        return element.getAttribute(name).strip();
    }

    static Optional<String> optional(Element element, String name) {
        return element.hasAttribute(name) ? Optional.of(attribute(element, name)) : Optional.empty();
    }

    static boolean flag(Element element, String name, boolean otherwise) {
        return optional(element, name)
                .map(value -> value.equals("true") || value.equals("1"))
                .orElse(otherwise);
    }
}
