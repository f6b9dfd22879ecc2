package org.wasl.node.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wasl.node.audit.Check.Outcome;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessTrace;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.registry.Label;

/** What is checked of the evidence of a request, each with its question, its finding and the files that show it. */
final class EvidenceChecks {

    private final Evidence evidence;

    EvidenceChecks(Evidence evidence) {
        this.evidence = evidence;
    }

    /** All checks, in the order in which a reader asks them. */
    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        checks.add(genuine());
        checks.add(committed());
        checks.add(bound());
        checks.add(agreed());
        checks.add(included());
        checks.add(signed());
        checks.add(cosigned());
        checks.add(stamped());
        return checks;
    }

    private static Check check(String id, Outcome outcome, Label question, Label finding, List<String> files) {
        return new Check(id, outcome, question, finding, files);
    }

    private static Label text(String arabic, String english, Object... values) {
        return new Label(String.format(Locale.ROOT, arabic, values), String.format(Locale.ROOT, english, values));
    }

    /** The containers' own signatures. */
    Check genuine() {
        Label question = text(
                "هل وقّع كل رسالة صاحبها بشهادة كانت صالحة حين سُجّلت؟",
                "Was every message signed by its sender, with a certificate that was good when it was logged?");
        List<CaseMessage> judged = evidence.distinct().stream()
                .filter(message -> !message.refused())
                .toList();
        List<String> files = judged.stream().map(CaseMessage::file).toList();
        List<String> bad = new ArrayList<>();
        for (CaseMessage message : judged) {
            if (message.verdict() instanceof ContainerVerdict.Refused refused && noneGenuine(message)) {
                bad.add(message.file() + ": " + refused.fault().code().wireCode());
            }
        }
        if (!bad.isEmpty()) {
            return check(
                    "messages.genuine",
                    Outcome.FAILS,
                    question,
                    text("لا تثبت صحة: %s", "these do not verify: %s", String.join(", ", bad)),
                    files);
        }
        int erased = evidence.erased().size();
        if (judged.isEmpty() || erased > 0) {
            return check(
                    "messages.genuine",
                    Outcome.UNKNOWN,
                    question,
                    text(
                            "الرسائل الموجودة وعددها %s صحيحة؛ ومُحي محتوى %s من القيود فلا يُعاد التحقق من تواقيعها",
                            "the %s messages that are here are genuine; the contents of %s leaves were erased, so their"
                                    + " signatures cannot be verified again",
                            judged.size(),
                            erased),
                    files);
        }
        return check(
                "messages.genuine",
                Outcome.HOLDS,
                question,
                text("كل الرسائل وعددها %s صحيحة", "all %s messages are genuine", judged.size()),
                files);
    }

    /** The same octets logged twice may be judged by different evidence: one good judgement is enough. */
    private boolean noneGenuine(CaseMessage message) {
        return evidence.messages().stream()
                .filter(other -> message.file() != null && message.file().equals(other.file()))
                .noneMatch(other -> other.genuine().isPresent());
    }

    private Check committed() {
        Label question = text(
                "هل هذه الرسائل هي نفسها التي قُيّدت في السجل؟", "Are these the very messages that the log recorded?");
        List<String> bad = evidence.messages().stream()
                .filter(message -> message.row().payload() != null && !message.committed())
                .map(message -> "leaf " + message.index())
                .toList();
        List<String> files = evidence.messages().stream()
                .filter(message -> message.row().payload() != null)
                .map(message -> BundleWriter.salt(message.index()))
                .toList();
        if (!bad.isEmpty()) {
            return check(
                    "messages.logged",
                    Outcome.FAILS,
                    question,
                    text("تختلف: %s", "these differ: %s", String.join(", ", bad)),
                    files);
        }
        int erased = evidence.erased().size();
        return check(
                "messages.logged",
                files.isEmpty() ? Outcome.UNKNOWN : Outcome.HOLDS,
                question,
                erased == 0
                        ? text("نعم، كلها وعددها %s", "yes, all %s of them", files.size())
                        : text(
                                "نعم، الموجود منها وعدده %s؛ ومُحي %s، وتبقى قيودها مثبتة",
                                "yes, the %s that are here; %s were erased, their leaves are still proven",
                                files.size(),
                                erased),
                files);
    }

    private Check bound() {
        Label question = text(
                "هل كل جواب جواب على هذا الطلب بعينه؟",
                "Is every answer an answer to this very request, by its digests?");
        List<String> bad = new ArrayList<>();
        int answers = 0;
        int untold = 0;
        List<String> files = new ArrayList<>();
        for (CaseMessage message : evidence.distinct()) {
            Container answer = message.container();
            InReplyTo named = answer == null ? null : answer.header().inReplyTo();
            if (answer == null || named == null || message.file() == null || message.refused()) {
                continue;
            }
            files.add(message.file());
            answers++;
            if (evidence.asked(answer).isEmpty()) {
                untold++;
            } else if (!evidence.asked(answer).get().asInReplyTo().equals(named)) {
                bad.add(message.file());
            }
        }
        if (!bad.isEmpty()) {
            Label finding = text("لا تطابق الطلب: %s", "these name another request: %s", String.join(", ", bad));
            return check("answers.bound", Outcome.FAILS, question, finding, files);
        }
        if (answers == 0 || untold > 0) {
            Label finding = text(
                    "الأجوبة %s، وغاب طلب %s منها",
                    "%s answers; the requests of %s of them are not here", answers, untold);
            return check("answers.bound", Outcome.UNKNOWN, question, finding, files);
        }
        Label finding = text("نعم، الأجوبة كلها وعددها %s", "yes, all %s answers", answers);
        return check("answers.bound", Outcome.HOLDS, question, finding, files);
    }

    /** Which agreement allows the request, asked once more by the registry of then. */
    Check agreed() {
        Label question = text("أي اتفاقية أجازت السؤال؟", "Which agreement allowed the question?");
        List<String> allowed = new ArrayList<>();
        List<String> denied = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (CaseMessage message : evidence.requests()) {
            String id = String.valueOf(message.row().leaf().messageId());
            AccessTrace trace = evidence.decisions().get(id);
            files.add(BundleWriter.registry(message.registryVersion()));
            if (trace == null) {
                untold.add(id);
            } else if (trace.decision() instanceof AccessDecision.Allowed allowing) {
                allowed.add(allowing.agreement().id());
            } else if (trace.evaluations().stream().anyMatch(one -> one.failed().isEmpty())) {
                untold.add(trace.evaluations().stream()
                        .filter(one -> one.failed().isEmpty())
                        .map(one -> one.agreement().id())
                        .findFirst()
                        .orElse(id));
            } else {
                denied.add(id + ": "
                        + ((AccessDecision.Denied) trace.decision())
                                .fault()
                                .code()
                                .wireCode());
            }
        }
        List<String> distinct = files.stream().distinct().toList();
        if (!denied.isEmpty()) {
            Label finding = text("لا تجيزه اتفاقية: %s", "no agreement allows: %s", String.join(", ", denied));
            return check("agreement", Outcome.FAILS, question, finding, distinct);
        }
        if (!untold.isEmpty() || allowed.isEmpty()) {
            Label finding = text(
                    "أُجيز بموجب: %s؛ ولا يُعلم كاملاً (المحتوى مشفّر أو ممحوّ): %s",
                    "allowed by: %s; cannot be told in full, since the contents are encrypted or erased: %s",
                    String.join(", ", allowed),
                    String.join(", ", untold));
            return check("agreement", Outcome.UNKNOWN, question, finding, distinct);
        }
        List<String> agreements = allowed.stream().distinct().toList();
        Label finding = text("الاتفاقية: %s", "agreement %s", String.join(", ", agreements));
        return check("agreement", Outcome.HOLDS, question, finding, distinct);
    }

    /** The leaves stand in the tree that the checkpoint signs. */
    Check included() {
        Label question = text(
                "هل القيود كلها في شجرة السجل؟", "Do all leaves stand in the tree that the log's checkpoint signs?");
        if (evidence.checkpoint().isEmpty()) {
            return check(
                    "leaves.included",
                    Outcome.UNKNOWN,
                    question,
                    text("لا توجد نقطة تحقق تشملها بعد", "no checkpoint covers them yet"),
                    List.of());
        }
        List<String> files =
                evidence.proofs().keySet().stream().map(BundleWriter::proof).toList();
        boolean holds = evidence.rooted() && !evidence.found().more();
        return check(
                "leaves.included",
                holds ? Outcome.HOLDS : Outcome.FAILS,
                question,
                holds
                        ? text(
                                "نعم، كلها وعددها %s، في شجرة من %s قيداً",
                                "yes, all %s, in a tree of %s leaves",
                                files.size(),
                                evidence.checkpoint().get().recorded().size())
                        : text(
                                "لا: السجل غُيّر أو القيود أكثر مما يُسلَّم",
                                "no: the log was altered, or there are more leaves than can be handed out"),
                files);
    }

    private Check signed() {
        Label question = text(
                "هل وقّع السجل نقطة التحقق بمفتاحه المسجل؟",
                "Did the log sign the checkpoint with its registered key?");
        List<String> files = List.of(BundleWriter.CHECKPOINT, BundleWriter.LOG_KEY);
        if (evidence.checkpoint().isEmpty()) {
            return check(
                    "checkpoint.signed", Outcome.UNKNOWN, question, text("لا نقطة تحقق", "there is none"), List.of());
        }
        CoveringCheckpoint checkpoint = evidence.checkpoint().get();
        return checkpoint.log() == null
                ? check(
                        "checkpoint.signed",
                        Outcome.FAILS,
                        question,
                        text("لا توقيع لمفتاح مسجل", "no registered key signed it"),
                        files)
                : check(
                        "checkpoint.signed",
                        Outcome.HOLDS,
                        question,
                        text("نعم: %s", "yes: %s", checkpoint.checkpoint().origin()),
                        files);
    }

    private Check cosigned() {
        Label question = text(
                "هل شهد على نقطة التحقق عدد كافٍ من الشهود المستقلين عن المشغّل؟",
                "Did enough witnesses, independent of the operator, cosign the checkpoint?");
        if (evidence.checkpoint().isEmpty()) {
            return check(
                    "checkpoint.cosigned", Outcome.UNKNOWN, question, text("لا نقطة تحقق", "there is none"), List.of());
        }
        CoveringCheckpoint checkpoint = evidence.checkpoint().get();
        List<String> witnesses = checkpoint.cosignatures().entrySet().stream()
                .map(entry -> entry.getKey().name() + " " + entry.getValue().at())
                .toList();
        return check(
                "checkpoint.cosigned",
                checkpoint.cosigned() ? Outcome.HOLDS : Outcome.UNKNOWN,
                question,
                text(
                        "شهد %s، والمطلوب %s: %s",
                        "%s did, %s are needed: %s",
                        witnesses.size(),
                        checkpoint.quorum(),
                        String.join(", ", witnesses)),
                List.of(BundleWriter.CHECKPOINT));
    }

    private Check stamped() {
        Label question =
                text("هل ختم طرف ثالث زمن نقطة التحقق؟", "Did a time-stamping authority stamp the checkpoint?");
        if (evidence.stamp().isEmpty()) {
            return check(
                    "checkpoint.stamped",
                    Outcome.UNKNOWN,
                    question,
                    text("لا ختم زمنياً صحيحاً بعد", "there is no time-stamp that holds, yet"),
                    List.of());
        }
        Instant at = evidence.stamp().get().at();
        return check(
                "checkpoint.stamped",
                Outcome.HOLDS,
                question,
                text("نعم، في %s", "yes, at %s", at),
                List.of(BundleWriter.BODY, BundleWriter.STAMP));
    }
}
