package org.wasl.security.authority;

import java.time.Instant;
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
 * Carries out orders on a draft. What comes out is well-formed, no more: whoever keeps it has it examined by
 * {@link RegistryXml#examineDraft} first.
 */
public final class DraftEdit {

    private static final XmlRules RULES = RegistryXml.DRAFT;
    private static final List<String> ROOT_ORDER = List.of(
            "certificateAuthority",
            "intermediateAuthority",
            "identityIssuer",
            "federation",
            "evidence",
            "member",
            "agreement");
    private static final String POLICY = "policy";

    private final Element root;
    private final DraftValues values;

    private DraftEdit(Element root, Instant now) {
        this.root = root;
        this.values = new DraftValues(now);
    }

    /** What came of an order. */
    public sealed interface Outcome {

        /** The draft as ordered; comments in it are gone. */
        record Edited(byte[] octets) implements Outcome {}

        /** Nothing was changed, and why. */
        record Refused(String reason) implements Outcome {}
    }

    /**
     * Carries out one order.
     *
     * @param draft the draft as it is
     * @param now what {@code now} means among the values
     */
    public static Outcome apply(byte[] draft, DraftOrder order, Instant now) {
        XmlVerdict verdict = HardenedXml.parse(draft, RULES);
        if (verdict instanceof XmlVerdict.Refused refused) {
            return new Outcome.Refused("the draft cannot be read: " + refused.reason());
        }
        Element root = ((XmlVerdict.Parsed) verdict).document().getDocumentElement();
        try {
            new DraftEdit(root, now).carryOut(order);
            return new Outcome.Edited(HardenedXml.serialise(root));
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        }
    }

    private void carryOut(DraftOrder order) {
        switch (order.action()) {
            case ADD -> add(order);
            case SET -> values.say(find(order), order.kind(), order.values());
            case REMOVE -> {
                Element found = find(order);
                found.getParentNode().removeChild(found);
            }
        }
    }

    private void add(DraftOrder order) {
        DraftKind kind = order.kind();
        if (!kind.binary() && lookUp(kind, order.id()).isPresent()) {
            throw new IllegalArgumentException(kind.wireName() + " " + order.id() + " is there already");
        }
        Element parent = parent(kind, order.id());
        Element added = root.getOwnerDocument().createElementNS(RegistryXml.NAMESPACE, kind.element());
        String own = order.id().substring(order.id().lastIndexOf('/') + 1);
        switch (kind) {
            case MEMBER, AGREEMENT -> added.setAttribute("id", order.id());
            case NODE -> added.setAttribute("id", own);
            case SUBSYSTEM -> added.setAttribute("code", own);
            case SERVICE -> {
                String[] parts = order.id().split("/", -1);
                added.setAttribute("code", parts[parts.length - 2]);
                added.setAttribute("version", own.replaceFirst("^v", ""));
            }
            case PARAMETER -> added.setAttribute("name", own);
            case IDENTITY_ISSUER -> added.setAttribute("uri", order.id());
            case FEDERATION -> added.setAttribute("instance", order.id());
            case TRUST_ANCHOR, INTERMEDIATE_AUTHORITY -> added.setAttribute("use", order.id());
            case WITNESS -> added.setAttribute("name", order.id());
            case EVIDENCE -> {
                if (!order.id().equals(POLICY)) {
                    throw new IllegalArgumentException("the evidence that is asked for is known as " + POLICY);
                }
            }
            case CERTIFICATE, NOTE_KEY, ISSUER_KEY -> {
                // The identifier names what it is added to.
            }
        }
        insert(parent, added);
        values.say(added, kind, order.values());
    }

    private Element find(DraftOrder order) {
        return lookUp(order.kind(), order.id())
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no " + order.kind().wireName() + " " + order.id()));
    }

    /** The thing of this kind and identifier. */
    private Optional<Element> lookUp(DraftKind kind, String id) {
        List<Element> matching = all(kind).stream()
                .filter(element -> kind.binary()
                        ? DraftValues.fingerprint(element).startsWith(id) && id.length() >= DraftValues.LEAST_DIGITS
                        : id(kind, element).equals(id))
                .toList();
        if (matching.size() > 1) {
            throw new IllegalArgumentException("more than one " + kind.wireName() + " is known by " + id);
        }
        return matching.stream().findFirst();
    }

    private List<Element> all(DraftKind kind) {
        return switch (kind) {
            case MEMBER, AGREEMENT, TRUST_ANCHOR, INTERMEDIATE_AUTHORITY, IDENTITY_ISSUER, FEDERATION, EVIDENCE ->
                children(root, kind.element());
            case WITNESS -> below(all(DraftKind.EVIDENCE), kind.element());
            case NODE, CERTIFICATE, NOTE_KEY, SUBSYSTEM -> below(all(DraftKind.MEMBER), kind.element());
            case SERVICE -> below(all(DraftKind.SUBSYSTEM), kind.element());
            case PARAMETER -> below(all(DraftKind.SERVICE), kind.element());
            case ISSUER_KEY -> below(all(DraftKind.IDENTITY_ISSUER), kind.element());
        };
    }

    private static String id(DraftKind kind, Element element) {
        return switch (kind) {
            case MEMBER, AGREEMENT -> element.getAttribute("id");
            case IDENTITY_ISSUER -> element.getAttribute("uri");
            case FEDERATION -> element.getAttribute("instance");
            case EVIDENCE -> POLICY;
            case WITNESS -> element.getAttribute("name");
            case NODE -> holder(DraftKind.MEMBER, element) + element.getAttribute("id");
            case SUBSYSTEM -> holder(DraftKind.MEMBER, element) + element.getAttribute("code");
            case SERVICE ->
                holder(DraftKind.SUBSYSTEM, element) + element.getAttribute("code") + "/v"
                        + element.getAttribute("version");
            case PARAMETER -> holder(DraftKind.SERVICE, element) + element.getAttribute("name");
            case CERTIFICATE, NOTE_KEY, TRUST_ANCHOR, INTERMEDIATE_AUTHORITY, ISSUER_KEY ->
                DraftValues.fingerprint(element);
        };
    }

    private static String holder(DraftKind kind, Element element) {
        return id(kind, (Element) element.getParentNode()) + "/";
    }

    /** What a new thing is put into. */
    private Element parent(DraftKind kind, String id) {
        return switch (kind) {
            case MEMBER, AGREEMENT, TRUST_ANCHOR, INTERMEDIATE_AUTHORITY, IDENTITY_ISSUER, FEDERATION, EVIDENCE -> root;
            case WITNESS -> evidence();
            case CERTIFICATE, NOTE_KEY -> existing(DraftKind.MEMBER, id);
            case ISSUER_KEY -> existing(DraftKind.IDENTITY_ISSUER, id);
            case NODE, SUBSYSTEM -> existing(DraftKind.MEMBER, above(id, 1));
            case SERVICE -> existing(DraftKind.SUBSYSTEM, above(id, 2));
            case PARAMETER -> existing(DraftKind.SERVICE, above(id, 1));
        };
    }

    /** Made with its first witness when it is missing. */
    private Element evidence() {
        return lookUp(DraftKind.EVIDENCE, POLICY).orElseGet(() -> {
            Element made = root.getOwnerDocument().createElementNS(RegistryXml.NAMESPACE, DraftKind.EVIDENCE.element());
            insert(root, made);
            return made;
        });
    }

    private Element existing(DraftKind kind, String id) {
        return lookUp(kind, id)
                .orElseThrow(() -> new IllegalArgumentException("there is no " + kind.wireName() + " " + id));
    }

    private static String above(String id, int levels) {
        String cut = id;
        for (int i = 0; i < levels; i++) {
            int slash = cut.lastIndexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException(id + " is not a full identifier");
            }
            cut = cut.substring(0, slash);
        }
        return cut;
    }

    private void insert(Element parent, Element added) {
        List<String> order = parent == root ? ROOT_ORDER : orderIn(parent);
        DraftValues.insert(parent, added, order);
    }

    private static List<String> orderIn(Element parent) {
        for (DraftKind kind : DraftKind.values()) {
            if (kind.element().equals(parent.getLocalName())) {
                return kind.order();
            }
        }
        return List.of();
    }

    private static List<Element> below(List<Element> parents, String name) {
        List<Element> found = new ArrayList<>();
        parents.forEach(parent -> found.addAll(children(parent, name)));
        return found;
    }

    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && name.equals(child.getLocalName())) {
                found.add(child);
            }
        }
        return found;
    }
}
