package org.wasl.security.encryption;

import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_OVERSIZED;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_STRUCTURE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** An element of which everything inside has to be named; only blanks between elements and in Base64 are overlooked. */
record StrictElement(Element element) {

    private static final Pattern BLANKS = Pattern.compile("[ \t\r\n]+");
    /** A string of bits none of which is padding, of at most 256 octets. */
    private static final Pattern BITS = Pattern.compile("00([0-9A-Fa-f]{2}){0,256}");

    static StrictElement root(Document document, String namespace, String name) throws EncryptionRefusal {
        StrictElement root = new StrictElement(document.getDocumentElement());
        if (!root.isNamed(namespace + name)) {
            throw structure("the root of an encrypted payload must be " + name);
        }
        return root;
    }

    /** The children, which must be exactly these elements (namespace and name) in this order. */
    List<StrictElement> children(String... names) throws EncryptionRefusal {
        List<StrictElement> found = childElements();
        boolean right = found.size() == names.length;
        for (int i = 0; right && i < names.length; i++) {
            right = found.get(i).isNamed(names[i]);
        }
        if (!right) {
            throw structure(element.getLocalName() + " does not hold exactly what it must");
        }
        return found;
    }

    /** The one child, which must be this element. */
    StrictElement only(String name) throws EncryptionRefusal {
        return children(name).get(0);
    }

    /** The children, which must all be this element: at least one, at most so many. */
    List<StrictElement> every(String name, int max) throws EncryptionRefusal {
        List<StrictElement> found = childElements();
        if (found.size() > max) {
            throw new EncryptionRefusal(ENCRYPTION_OVERSIZED, "there are more than " + max + " encrypted keys");
        }
        if (found.isEmpty() || !found.stream().allMatch(child -> child.isNamed(name))) {
            throw structure(element.getLocalName() + " does not hold exactly what it must");
        }
        return found;
    }

    private List<StrictElement> childElements() throws EncryptionRefusal {
        List<StrictElement> found = new ArrayList<>();
        for (Node at = element.getFirstChild(); at != null; at = at.getNextSibling()) {
            if (at instanceof Element child) {
                found.add(new StrictElement(child));
            } else if (at.getNodeType() != Node.TEXT_NODE
                    || !BLANKS.matcher(at.getNodeValue()).matches()) {
                throw structure(element.getLocalName() + " holds something between its elements");
            }
        }
        return found;
    }

    /** The attributes, namespace declarations aside, must be exactly these. */
    StrictElement attributes(String... names) throws EncryptionRefusal {
        int declarations = 0;
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            if ("http://www.w3.org/2000/xmlns/".equals(attribute.getNamespaceURI())) {
                declarations++;
            }
        }
        boolean right = element.getAttributes().getLength() - declarations == names.length
                && Arrays.stream(names).allMatch(element::hasAttribute);
        if (!right) {
            throw structure(element.getLocalName() + " must have exactly the attributes " + List.of(names));
        }
        return this;
    }

    void expect(String attribute, String value) throws EncryptionRefusal {
        if (!value(attribute).equals(value)) {
            throw structure("the attribute " + attribute + " of " + element.getLocalName() + " must be " + value);
        }
    }

    void empty() throws EncryptionRefusal {
        if (element.hasChildNodes()) {
            throw structure(element.getLocalName() + " must be empty");
        }
    }

    String value(String attribute) {
        return element.getAttribute(attribute);
    }

    /** The octets of an attribute that is a string of bits, without the octet that counts its padding. */
    byte[] bits(String attribute) throws EncryptionRefusal {
        String value = value(attribute);
        if (!BITS.matcher(value).matches()) {
            throw structure("the attribute " + attribute + " is not a string of whole octets");
        }
        return HexFormat.of().parseHex(value, 2, value.length());
    }

    /** The octets of an element that holds Base64 and nothing else, in the one form that they have but for blanks. */
    byte[] base64() throws EncryptionRefusal {
        Node only = element.getFirstChild();
        if (only == null || only.getNodeType() != Node.TEXT_NODE || only.getNextSibling() != null) {
            throw structure(element.getLocalName() + " must hold text alone");
        }
        String text = BLANKS.matcher(only.getNodeValue()).replaceAll("");
        try {
            byte[] octets = Base64.getDecoder().decode(text);
            // Java's decoder ignores bits after the last octet and misplaced padding.
            if (Base64.getEncoder().encodeToString(octets).equals(text)) {
                return octets;
            }
        } catch (IllegalArgumentException e) {
            throw structure("a value is not Base64");
        }
        throw structure("a value is not Base64 in its one form");
    }

    private boolean isNamed(String name) {
        return name.equals(element.getNamespaceURI() + element.getLocalName());
    }

    private static EncryptionRefusal structure(String detail) {
        return new EncryptionRefusal(ENCRYPTION_STRUCTURE, detail);
    }
}
