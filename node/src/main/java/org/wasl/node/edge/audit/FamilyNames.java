package org.wasl.node.edge.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.identity.Caller;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PlainPayload;

/**
 * Whether one officer looked up people who share a family name. The log knows nobody's name, neither the officer's nor
 * theirs: so the answers that the officer was given to one service are opened, each logged as opened and told to the
 * person whom it is about, and the officer's own name the auditor brings along. Neither is kept.
 */
public final class FamilyNames {

    /** How many answers are opened at once: the newest. */
    static final int MOST_OPENED = 100;

    private static final int MOST_LEAVES = 50;
    private static final String CIVIL = "urn:wasl:civil:1";

    private final AuditedLog log;
    private final AsicContainerVerifier opener;
    private final PayloadOpener payloads;
    private final BreakGlass breakGlass;
    private final AnomalyRules rules;

    public FamilyNames(
            AuditedLog log,
            AsicContainerVerifier opener,
            PayloadOpener payloads,
            BreakGlass breakGlass,
            AnomalyRules rules) {
        this.log = log;
        this.opener = opener;
        this.payloads = payloads;
        this.breakGlass = breakGlass;
        this.rules = rules;
    }

    /**
     * What is asked.
     *
     * @param officer the opaque id of who asked
     * @param familyName the officer's own; null when it is not to be compared
     */
    record Asked(
            String officer, ServiceId service, @Nullable String familyName, Instant from, Instant to) {

        @Override
        public String toString() {
            // Without the name.
            return officer + " at " + service;
        }
    }

    /**
     * What was found.
     *
     * @param requests how many requests of the officer to this service there are, at most one more than are opened
     * @param opened how many answers were opened
     * @param unreadable how many of them were erased, encrypted to others, or name nobody
     * @param least how many people of one name it takes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(String officer, int requests, int opened, int unreadable, int least, List<Group> groups) {}

    /**
     * People of one family name.
     *
     * @param people how many different ones
     * @param own whether it is the name that the auditor gave as the officer's
     */
    record Group(String familyName, int people, boolean own, List<AnomaliesView.Evidence> leaves) {}

    /** One person in one answer. */
    private record Named(String familyName, String person, FoundLeaf leaf) {}

    View of(Caller auditor, String reason, Asked asked) {
        LogQuery query = LogQuery.all()
                .withDirection(Direction.RECEIVED.name())
                .withKind(MessageKind.REQUEST.name())
                .withActor(asked.officer())
                .withService(asked.service().toString())
                .between(asked.from(), asked.to());
        List<FoundLeaf> requests = log.search(query, null, Long.MAX_VALUE, MOST_OPENED + 1);
        Set<String> logged = new LinkedHashSet<>();
        List<Named> people = new ArrayList<>();
        int opened = 0;
        for (FoundLeaf request : requests.subList(0, Math.min(requests.size(), MOST_OPENED))) {
            Optional<StoredMessage> answer = answer(request);
            if (answer.isPresent()) {
                StoredMessage message = answer.get();
                // Before it is opened; once for each request that it belongs to.
                if (logged.add(message.correlationId())) {
                    breakGlass.open(
                            auditor, reason, "family-names", message.messageId().toString(), message.correlationId());
                }
                opened++;
                person(message, request).ifPresent(people::add);
            }
        }
        return new View(
                asked.officer(),
                requests.size(),
                opened,
                opened - people.size(),
                rules.familyLeast(),
                groups(people, asked.familyName()));
    }

    private Optional<StoredMessage> answer(FoundLeaf request) {
        String member = request.leaf().member();
        String id = request.leaf().messageId();
        return member == null || id == null
                ? Optional.empty()
                : log.answer(MemberId.parse(member), Direction.SENT, UUID.fromString(id))
                        .filter(answer -> answer.kind() == MessageKind.REPLY);
    }

    private List<Group> groups(List<Named> people, @Nullable String own) {
        Map<String, List<Named>> byName = new LinkedHashMap<>();
        people.forEach(person -> byName.computeIfAbsent(same(person.familyName()), name -> new ArrayList<>())
                .add(person));
        String officers = own == null ? "" : same(own);
        List<Group> groups = new ArrayList<>();
        byName.forEach((name, named) -> {
            int different = (int) named.stream().map(Named::person).distinct().count();
            boolean theirs = name.equals(officers);
            if (theirs || different >= rules.familyLeast()) {
                groups.add(new Group(
                        named.get(0).familyName(),
                        different,
                        theirs,
                        named.stream()
                                .limit(MOST_LEAVES)
                                .map(each -> new AnomaliesView.Evidence(
                                        each.leaf().index(),
                                        Instant.ofEpochMilli(each.leaf().leaf().atMillis())
                                                .toString(),
                                        null,
                                        each.leaf().leaf().correlationId()))
                                .toList()));
            }
        });
        groups.sort(
                Comparator.comparing(Group::own).thenComparing(Group::people).reversed());
        return groups;
    }

    private Optional<Named> person(StoredMessage message, FoundLeaf request) {
        byte[] octets = message.container();
        if (octets != null
                && opener.open(octets) instanceof OpenResult.Opened opened
                && payloads.open(opened.container()) instanceof PlainPayload.Opened plain
                && HardenedXml.parse(plain.octets(), XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed) {
            return named(parsed.document(), request);
        }
        return Optional.empty();
    }

    private static Optional<Named> named(Document document, FoundLeaf request) {
        Node person = document.getElementsByTagNameNS(CIVIL, "person").item(0);
        if (person == null) {
            return Optional.empty();
        }
        String identifier = String.valueOf(request.index());
        String family = null;
        for (Node child = person.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element below && CIVIL.equals(below.getNamespaceURI())) {
                if ("identifier".equals(below.getLocalName())) {
                    identifier = below.getTextContent().strip();
                }
                Node name = below.getElementsByTagNameNS("*", "familyName").item(0);
                if ("name".equals(below.getLocalName()) && family == null && name != null) {
                    family = name.getTextContent().strip();
                }
            }
        }
        return family == null || family.isEmpty()
                ? Optional.empty()
                : Optional.of(new Named(family, identifier, request));
    }

    /** The same name however it is spelt: without marks and the article, and with letters that are mixed up as one. */
    static String same(String name) {
        String plain = Normalizer.normalize(name.strip(), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}|\u0640|[\\s-]", "")
                .replace('أ', 'ا')
                .replace('إ', 'ا')
                .replace('آ', 'ا')
                .replace('ة', 'ه')
                .replace('ى', 'ي')
                .toLowerCase(Locale.ROOT);
        return plain.startsWith("ال") && plain.length() > 4 ? plain.substring(2) : plain;
    }
}
