package org.wasl.node.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;

/**
 * What a bundle says to people: who asked whom for what, when and why, what each check found, and what is not proven.
 *
 * @param requestId the request
 * @param facts what was asked
 * @param messages its leaves, in the order logged
 * @param checks what each check found
 * @param limits what the bundle does not prove
 */
record Statement(String requestId, List<Fact> facts, List<Line> messages, List<Check> checks, List<Label> limits) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One fact.
     *
     * @param id its name for machines
     * @param name what it is
     * @param value in words; null when there are none
     * @param identifier the value as an identifier, a code or a time, which reads from left to right in any language
     */
    record Fact(String id, Label name, @Nullable Label value, String identifier) {}

    /**
     * One leaf.
     *
     * @param index its index
     * @param at when it was logged
     * @param member whose log entry it is
     * @param direction which way the message went
     * @param kind what the message is
     * @param sender who signed
     * @param service what was asked
     * @param verdict {@code GENUINE}, {@code ERASED}, {@code NONE} or the code of what is wrong
     * @param file the container; empty when there is none
     */
    record Line(
            long index,
            String at,
            String member,
            String direction,
            String kind,
            String sender,
            String service,
            String verdict,
            String file) {}

    static Statement of(Evidence evidence) {
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(
                "request",
                "الطلب",
                "Request",
                null,
                evidence.found().requestId().toString()));
        Optional<CaseMessage> request = evidence.request();
        if (request.isPresent()) {
            asked(facts, evidence, request.get());
        } else {
            facts.add(fact(
                    "erased",
                    "المحتوى",
                    "Contents",
                    new Label("مُحي؛ القيود وحدها مثبتة أدناه", "erased; the leaves alone are proven below"),
                    ""));
        }
        recipients(facts, evidence);
        times(facts, evidence);
        List<Line> lines = evidence.messages().stream().map(Statement::line).toList();
        return new Statement(
                evidence.found().requestId().toString(), facts, lines, new EvidenceChecks(evidence).all(), notProven());
    }

    private static Fact fact(String id, String arabic, String english, @Nullable Label value, String identifier) {
        return new Fact(id, new Label(arabic, english), value, identifier);
    }

    private static void asked(List<Fact> facts, Evidence evidence, CaseMessage request) {
        Header header = request.header().orElseThrow();
        Registry registry = Optional.ofNullable(evidence.versions().get(request.registryVersion()))
                .orElseGet(() -> evidence.versions().values().iterator().next())
                .registry();
        MemberId consumer = header.consumer().member();
        MemberId provider = header.provider().member();
        facts.add(fact(
                "consumer",
                "الجهة السائلة",
                "Asked by",
                name(registry, consumer),
                header.consumer().toString()));
        facts.add(fact(
                "provider",
                "الجهة المسؤولة",
                "Asked of",
                name(registry, provider),
                header.provider().toString()));
        facts.add(fact("service", "الخدمة", "Service", null, header.service().toString()));
        facts.add(fact("purpose", "الغرض", "Purpose", null, header.purpose()));
        facts.add(fact("legalBasis", "السند القانوني", "Legal basis", null, header.legalBasis()));
        facts.add(fact(
                "actor",
                "الفاعل (معرّف لا يكشف هويته)",
                "Acting (an opaque identifier)",
                null,
                header.actor().kind() + " " + header.actor().assurance() + " "
                        + header.actor().id()));
        if (header.caseReference() != null) {
            facts.add(fact("case", "القضية أو المعاملة", "Case", null, header.caseReference()));
        }
        facts.add(fact(
                "issued",
                "وقت التوقيع بساعة المرسل",
                "Signed, by its sender's clock",
                null,
                header.issued().toString()));
        facts.add(fact(
                "logged",
                "وقت القيد بساعة العقدة",
                "Logged, by the node's clock",
                null,
                request.at().toString()));
        facts.add(
                fact("registry", "إصدار السجل", "Registry's version", null, Long.toString(request.registryVersion())));
        for (CaseMessage answer : evidence.answersTo(header.messageId().toString())) {
            Leaf leaf = answer.row().leaf();
            facts.add(fact(
                    "answer",
                    "الجواب",
                    "Answer",
                    null,
                    leaf.kind() + " " + leaf.messageId() + " " + leaf.direction() + " " + answer.at()
                            + (leaf.fault() == null ? "" : " " + leaf.fault())));
        }
    }

    private static Label name(Registry registry, MemberId member) {
        return registry.member(member).map(Member::name).orElse(new Label("غير مسجلة", "not registered"));
    }

    /** Who can read what is encrypted; nobody else, this bundle's reader neither. */
    private static void recipients(List<Fact> facts, Evidence evidence) {
        Set<String> readers = new LinkedHashSet<>();
        PayloadOpener opener = PayloadOpener.keyless();
        for (CaseMessage message : evidence.distinct()) {
            Container container = message.container();
            if (container != null && container.header().isEncrypted()) {
                opener.recipients(container).forEach(digest -> readers.add(owner(evidence, digest)));
            }
        }
        if (!readers.isEmpty()) {
            facts.add(fact(
                    "encryptedTo",
                    "المحتوى مشفّر ولا يقرؤه إلا",
                    "Contents are encrypted; only these can read them",
                    null,
                    String.join(", ", readers)));
        }
    }

    private static String owner(Evidence evidence, String digest) {
        for (RegistryVersions.Version version : evidence.versions().values()) {
            for (Member member : version.registry().members()) {
                if (member.certificates().stream()
                        .anyMatch(one -> KeyEntry.digest(one.certificate()).equals(digest))) {
                    return member.id().toString();
                }
            }
        }
        return digest;
    }

    private static void times(List<Fact> facts, Evidence evidence) {
        evidence.checkpoint()
                .ifPresent(checkpoint -> facts.add(fact(
                        "log",
                        "السجل وعدد قيوده في نقطة التحقق",
                        "Log, and the size of its checkpoint",
                        null,
                        checkpoint.checkpoint().origin() + " "
                                + checkpoint.recorded().size())));
        Optional<Instant> cosigned = evidence.checkpoint().flatMap(CoveringCheckpoint::cosignedAt);
        Optional<Instant> stamped = evidence.stamp().map(StampReader.Stamp::at);
        Label none = new Label("غير مثبت بعد", "not proven yet");
        facts.add(fact(
                "latestByWitnesses",
                "كان موجوداً في موعد أقصاه، بشهادة الشهود",
                "It was there at the latest, by the witnesses",
                cosigned.isPresent() ? null : none,
                cosigned.map(Instant::toString).orElse("")));
        facts.add(fact(
                "latestByTimeStamp",
                "كان موجوداً في موعد أقصاه، بالختم الزمني",
                "It was there at the latest, by the time-stamp",
                stamped.isPresent() ? null : none,
                stamped.map(Instant::toString).orElse("")));
    }

    private static Line line(CaseMessage message) {
        Leaf leaf = message.row().leaf();
        String verdict;
        if (message.verdict() instanceof ContainerVerdict.Genuine) {
            verdict = "GENUINE";
        } else if (message.verdict() instanceof ContainerVerdict.Refused refused) {
            verdict = refused.fault().code().wireCode();
        } else {
            verdict = message.row().erased() ? "ERASED" : "NONE";
        }
        return new Line(
                message.index(),
                message.at().toString(),
                text(leaf.member()),
                text(leaf.direction()),
                text(leaf.kind()),
                text(leaf.sender()),
                text(leaf.service()),
                verdict,
                text(message.file()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static List<Label> notProven() {
        return List.of(
                new Label(
                        "لا تثبت الحزمة صدق البيانات، بل من قالها ولمن وأنها قيلت كما هي.",
                        "That a record is true: it proves who said it, to whom, and that it was said so."),
                new Label(
                        "وقت الرسالة هو وقت ساعة مرسلها؛ والشهود والختم الزمني يثبتون أقصى موعد لوجودها لا أولَه.",
                        "That a message's own time is right: witnesses and the time-stamp say when at the latest it was"
                                + " there, not when at the earliest."),
                new Label(
                        "لا تثبت أن الطرف الآخر قرأ ما استلمه، ولا ما لم يُقيَّد في هذا السجل.",
                        "That the other side read what it received, or anything that this log did not record."),
                new Label(
                        "لا تثبت شيئاً عن محتوى مُحي أو محتوى مشفّر لا يملك القارئ مفتاحه، سوى أنه هو ما قُيّد.",
                        "Anything about contents that were erased, or encrypted to others, but that they are what was"
                                + " logged."));
    }

    /** The statement for machines. */
    String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("request", requestId);
        List<Object> told = new ArrayList<>();
        for (Fact fact : facts) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", fact.id());
            one.put("name", Check.both(fact.name()));
            if (fact.value() != null) {
                one.put("text", Check.both(fact.value()));
            }
            one.put("value", fact.identifier());
            told.add(one);
        }
        document.put("facts", told);
        document.put("messages", messages);
        document.put("checks", checks.stream().map(Check::document).toList());
        document.put("doesNotProve", limits.stream().map(Check::both).toList());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps, lists and strings can be written", impossible);
        }
    }
}
