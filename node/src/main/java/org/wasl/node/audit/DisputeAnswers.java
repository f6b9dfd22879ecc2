package org.wasl.node.audit;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.node.audit.Check.Outcome;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessTrace;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.registry.Label;

/**
 * Answers the five questions of a dispute about one document: is this it, did they send it, did the other side receive it,
 * when at the latest, under which agreement. Each answer names what shows it. Safe for many threads.
 */
public final class DisputeAnswers {

    private final EvidenceReader reader;
    private final SchemaCatalogue schemas;
    private final RegistryVersions registries;

    /**
     * @param schemas the shared schemas
     * @param export judges evidence as bundles do
     * @param registries the registry in its versions
     */
    public DisputeAnswers(SchemaCatalogue schemas, EvidenceExport export, RegistryVersions registries) {
        this.reader = export.reader();
        this.schemas = schemas;
        this.registries = registries;
    }

    /**
     * The answers.
     *
     * @param document the disputed document
     * @param other the other side's bundle; null when there is none
     * @return empty when the log has nothing of the request
     * @throws LogStoreException when the log cannot be read
     * @throws IOException when the other side's bundle cannot be read
     */
    public Optional<List<Check>> answer(LogSource log, UUID requestId, byte[] document, byte @Nullable [] other)
            throws LogStoreException, IOException {
        Optional<Evidence> found = reader.read(log, requestId);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Evidence evidence = found.get();
        DisputedDocument disputed = new DisputedDocument(document, schemas);
        Optional<DisputedDocument.Place> place = disputed.in(evidence);
        Optional<CaseMessage> message = place.map(DisputedDocument.Place::message);
        List<Check> answers = new ArrayList<>();
        answers.add(same(evidence, disputed, place));
        answers.add(sent(evidence, message));
        answers.add(received(evidence, message, other == null ? null : OtherBundle.read(other)));
        answers.add(latest(evidence, message));
        answers.add(agreement(evidence, message));
        return Optional.of(answers);
    }

    private static Label text(String arabic, String english, Object... values) {
        return new Label(String.format(Locale.ROOT, arabic, values), String.format(Locale.ROOT, english, values));
    }

    private static List<String> file(CaseMessage message) {
        return message.file() == null ? List.of() : List.of(message.file());
    }

    private static Check same(Evidence evidence, DisputedDocument document, Optional<DisputedDocument.Place> place) {
        Label question = text("هل هذه هي الوثيقة؟", "Is this the document?");
        if (place.isPresent()) {
            CaseMessage message = place.get().message();
            Label finding = text(
                    "نعم: %s، القيد %s، البصمة SHA-256 %s",
                    "yes: %s of leaf %s, SHA-256 %s", "", message.index(), document.digest());
            Label part = place.get().part();
            return new Check(
                    "document",
                    Outcome.HOLDS,
                    question,
                    new Label(
                            finding.arabic().replaceFirst("نعم: ", "نعم: " + part.arabic()),
                            finding.english().replaceFirst("yes: ", "yes: " + part.english())),
                    file(message));
        }
        if (DisputedDocument.hidden(evidence)) {
            return new Check(
                    "document",
                    Outcome.UNKNOWN,
                    question,
                    text(
                            "ليست فيما يُقرأ من رسائل الطلب، وبعضها مشفّر أو ممحوّ؛ البصمة SHA-256 %s",
                            "it is none of the messages that can be read, but some are encrypted or erased; SHA-256 %s",
                            document.digest()),
                    List.of());
        }
        return new Check(
                "document",
                Outcome.FAILS,
                question,
                text(
                        "لا: ليست رسالة من رسائل الطلب ولا جزءاً منها؛ البصمة SHA-256 %s",
                        "no: it is none of the request's messages, and no part of one; SHA-256 %s", document.digest()),
                List.of());
    }

    private static Check unfound(String id, Label question) {
        return new Check(
                id,
                Outcome.UNKNOWN,
                question,
                text("لا يُسأل عن وثيقة لم توجد", "there is no answer about a document that was not found"),
                List.of());
    }

    private static Check sent(Evidence evidence, Optional<CaseMessage> disputed) {
        Label question = text("هل أرسلوها؟", "Did they send it?");
        if (disputed.isEmpty()) {
            return unfound("sent", question);
        }
        CaseMessage message = disputed.get();
        Optional<ContainerVerdict.Genuine> genuine = evidence.messages().stream()
                .filter(other -> String.valueOf(message.file()).equals(other.file()))
                .flatMap(other -> other.genuine().stream())
                .findFirst();
        List<String> files = new ArrayList<>(file(message));
        evidence.status().values().forEach(piece -> files.add(BundleWriter.evidence(piece)));
        if (genuine.isPresent()) {
            Header header = genuine.get().container().header();
            return new Check(
                    "sent",
                    Outcome.HOLDS,
                    question,
                    text(
                            "نعم: وقّعتها %s في %s بشهادة كانت صالحة حينها (%s)",
                            "yes: %s signed it at %s with a certificate that was good then (%s)",
                            header.sender(),
                            header.issued(),
                            genuine.get()
                                    .certificate()
                                    .getSubjectX500Principal()
                                    .getName()),
                    files);
        }
        boolean status = message.verdict() instanceof ContainerVerdict.Refused refused
                && refused.fault().code() == FaultCode.CERTIFICATE_STATUS_UNKNOWN;
        String code = message.verdict() instanceof ContainerVerdict.Refused refused
                ? refused.fault().code().wireCode()
                : "";
        return new Check(
                "sent",
                status ? Outcome.UNKNOWN : Outcome.FAILS,
                question,
                text("توقيعها لا يثبت: %s", "its signature does not verify: %s", code),
                files);
    }

    private Check received(Evidence evidence, Optional<CaseMessage> disputed, @Nullable OtherBundle other) {
        Label question = text("هل استلمها الطرف الآخر؟", "Did the other side receive it?");
        Container container = disputed.map(CaseMessage::container).orElse(null);
        if (disputed.isEmpty() || container == null) {
            return unfound("received", question);
        }
        Header header = container.header();
        String receiver = (header.sender().equals(header.consumer()) ? header.provider() : header.consumer())
                .member()
                .toString();
        Optional<CaseMessage> leaf = evidence.messages().stream()
                .filter(one -> String.valueOf(disputed.get().file()).equals(one.file())
                        && Direction.RECEIVED.name().equals(one.row().leaf().direction())
                        && receiver.equals(one.row().leaf().member()))
                .findFirst();
        if (leaf.isPresent()) {
            return new Check(
                    "received",
                    Outcome.HOLDS,
                    question,
                    text(
                            "نعم: قيد الاستلام %s للجهة %s في %s",
                            "yes: leaf %s records that %s received it at %s",
                            leaf.get().index(),
                            receiver,
                            leaf.get().at()),
                    List.of(
                            BundleWriter.leaf(leaf.get().index()),
                            BundleWriter.proof(leaf.get().index())));
        }
        Optional<CaseMessage> answer = evidence.distinct().stream()
                .filter(one -> answers(one, container))
                .findFirst();
        if (answer.isPresent()) {
            return new Check(
                    "received",
                    Outcome.HOLDS,
                    question,
                    text(
                            "نعم: وقّعت %s جواباً يسمّي بصمتي الطلب",
                            "yes: %s signed an answer that names the digests of the request", receiver),
                    file(answer.get()));
        }
        Optional<OtherBundle.Receipt> receipt = other == null
                ? Optional.empty()
                : other.receipt(
                        container, receiver, new NoteKeys(registries.current().registry()));
        if (receipt.isPresent()) {
            return new Check(
                    "received",
                    Outcome.HOLDS,
                    question,
                    text(
                            "نعم: سجل الطرف الآخر %s، القيد %s في %s",
                            "yes: the other side's own log %s, leaf %s, at %s",
                            receipt.get().origin(),
                            receipt.get().index(),
                            Instant.ofEpochMilli(receipt.get().atMillis())),
                    List.of(receipt.get().file()));
        }
        return new Check(
                "received",
                Outcome.UNKNOWN,
                question,
                text(
                        "سجل %s ليس هنا. اطلب منها: wasl audit export %s، ثم أعد السؤال مع ‎--bundle",
                        "the log of %s is not here. Ask them for: wasl audit export %s, then ask again with --bundle",
                        receiver,
                        header.messageId()),
                List.of());
    }

    private static boolean answers(CaseMessage candidate, Container request) {
        Container answer = candidate.container();
        InReplyTo named = answer == null ? null : answer.header().inReplyTo();
        return answer != null
                && named != null
                && candidate.genuine().isPresent()
                && answer.header().sender().equals(request.header().provider())
                && request.asInReplyTo().equals(named);
    }

    private static Check latest(Evidence evidence, Optional<CaseMessage> disputed) {
        Label question = text("متى على أبعد تقدير كانت موجودة؟", "When at the latest was it there?");
        if (disputed.isEmpty()) {
            return unfound("latest", question);
        }
        boolean proven = evidence.rooted()
                && disputed.get().committed()
                && evidence.checkpoint()
                        .filter(checkpoint -> checkpoint.log() != null)
                        .isPresent();
        Optional<Instant> cosigned =
                evidence.checkpoint().flatMap(CoveringCheckpoint::cosignedAt).filter(at -> proven);
        Optional<Instant> stamped = evidence.stamp().map(StampReader.Stamp::at).filter(at -> proven);
        Optional<Instant> earliest = stamped.isPresent() && cosigned.isPresent()
                ? Optional.of(stamped.get().isBefore(cosigned.get()) ? stamped.get() : cosigned.get())
                : stamped.or(() -> cosigned);
        if (earliest.isEmpty()) {
            return new Check(
                    "latest",
                    Outcome.UNKNOWN,
                    question,
                    text(
                            "لم يشهد عليها ولم يختم زمنها أحد بعد؛ وقت قيدها بساعة العقدة %s",
                            "nobody has witnessed or stamped it yet; by the node's own clock it was logged at %s",
                            disputed.get().at()),
                    List.of());
        }
        return new Check(
                "latest",
                Outcome.HOLDS,
                question,
                text(
                        "%s (الختم الزمني: %s؛ الشهود: %s)",
                        "%s (time-stamp: %s; witnesses: %s)",
                        earliest.get(),
                        stamped.map(Instant::toString).orElse("-"),
                        cosigned.map(Instant::toString).orElse("-")),
                List.of(
                        BundleWriter.leaf(disputed.get().index()),
                        BundleWriter.proof(disputed.get().index()),
                        BundleWriter.CHECKPOINT,
                        BundleWriter.STAMP));
    }

    private static Check agreement(Evidence evidence, Optional<CaseMessage> disputed) {
        Label question = text("بموجب أي اتفاقية؟", "Under which agreement?");
        Container container = disputed.map(CaseMessage::container).orElse(null);
        if (container == null) {
            return unfound("agreement", question);
        }
        InReplyTo named = container.header().inReplyTo();
        UUID request = container.header().kind() == MessageKind.REQUEST || named == null
                ? container.header().messageId()
                : named.messageId();
        AccessTrace trace = evidence.decisions().get(request.toString());
        long version = disputed.map(CaseMessage::registryVersion).orElse(0L);
        List<String> files = List.of(BundleWriter.registry(version));
        if (trace == null) {
            return new Check(
                    "agreement",
                    Outcome.UNKNOWN,
                    question,
                    text("الطلب الذي تجيب عنه ليس هنا", "the request that it answers is not here"),
                    files);
        }
        if (trace.decision() instanceof AccessDecision.Allowed allowed) {
            return new Check(
                    "agreement",
                    Outcome.HOLDS,
                    question,
                    text(
                            "%s، بإصدار السجل %s (%s، %s)",
                            "%s, by version %s of the registry (%s, %s)",
                            allowed.agreement().id(),
                            version,
                            container.header().purpose(),
                            container.header().legalBasis()),
                    files);
        }
        Optional<String> possible = trace.evaluations().stream()
                .filter(one -> one.failed().isEmpty())
                .map(one -> one.agreement().id())
                .findFirst();
        if (possible.isPresent()) {
            return new Check(
                    "agreement",
                    Outcome.UNKNOWN,
                    question,
                    text(
                            "لا قاعدة في %s ترفض، لكن المحتوى مشفّر فلا يُعلم كاملاً",
                            "no rule of %s refuses, but the contents are encrypted, so that not all can be told",
                            possible.get()),
                    files);
        }
        return new Check(
                "agreement",
                Outcome.FAILS,
                question,
                text(
                        "لا اتفاقية تجيزها: %s",
                        "no agreement allows it: %s",
                        ((AccessDecision.Denied) trace.decision())
                                .fault()
                                .code()
                                .wireCode()),
                files);
    }
}
