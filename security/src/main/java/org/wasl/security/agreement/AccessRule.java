package org.wasl.security.agreement;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.Label;

/**
 * The rules of an agreement, in the order in which they are asked: an agreement that fails a later one came closer to
 * allowing. The three about the subject stand in for each other, since an agreement has one of them.
 */
public enum AccessRule {
    PURPOSE(
            FaultCode.AGREEMENT_PURPOSE,
            "الغرض",
            "purpose",
            "الغرض المذكور ليس من أغراض الاتفاقية. اذكر غرضاً تشمله الاتفاقية، أو اطلب من الجهة المالكة للبيانات إضافته.",
            "The purpose that was given is none of the agreement's. Give one that the agreement has, or ask the data's"
                    + " owner to add it."),
    LEGAL_BASIS(
            FaultCode.AGREEMENT_LEGAL_BASIS,
            "السند القانوني",
            "legal basis",
            "الغرض في الاتفاقية لا يستند إلى السند القانوني المذكور.",
            "In the agreement the purpose does not rest on the legal basis that was given."),
    VALIDITY(
            FaultCode.AGREEMENT_NOT_IN_FORCE,
            "مدة السريان",
            "validity",
            "الاتفاقية لم تبدأ بعد أو انتهت مدتها.",
            "The agreement has not begun, or has ended."),
    WITHDRAWAL(
            FaultCode.AGREEMENT_WITHDRAWN,
            "السحب",
            "withdrawal",
            "سُحبت الاتفاقية قبل نهاية مدتها، فلا يُفصح بموجبها عن شيء بعد ذلك، حتى عن طلب كان قيد التنفيذ.",
            "The agreement was withdrawn before its end. Nothing is disclosed under it any more, not even to a request"
                    + " that was under way."),
    ACTOR(
            FaultCode.AGREEMENT_ACTOR,
            "صفة الفاعل",
            "actor",
            "الاتفاقية ليست لفاعل بهذه الصفة: مواطن أو موظف أو نظام.",
            "The agreement is not for an actor of this kind: citizen, officer or system."),
    ASSERTION(
            FaultCode.AGREEMENT_ASSERTION,
            "إثبات الهوية",
            "assertion",
            "يجب أن يصل مع الطلب إثبات من جهة الهوية لصاحب الطلب نفسه.",
            "An identity issuer's assertion about the very person who asks must come with the request."),
    ASSURANCE(
            FaultCode.AGREEMENT_ASSURANCE,
            "مستوى التحقق",
            "assurance",
            "لم يُتحقق من هوية صاحب الطلب بالمستوى المطلوب. سجّل الدخول بمستوى أعلى.",
            "The identity of the person who asks was not proven well enough. Sign in at a higher level."),
    SUBJECT(
            FaultCode.AGREEMENT_SUBJECT,
            "صاحب البيانات",
            "subject",
            "لا يُسأل بموجب الاتفاقية إلا عن صاحب الطلب نفسه أو عما يملكه.",
            "Only the person who asks may be asked about under the agreement, or a thing that belongs to them."),
    CASE_REFERENCE(
            FaultCode.AGREEMENT_CASE,
            "رقم القضية",
            "case reference",
            "يجب أن يذكر الطلب القضية أو المعاملة التي يُسأل لأجلها.",
            "The request must name the case or application for which it is asked."),
    MANDATE(
            FaultCode.AGREEMENT_MANDATE,
            "التفويض",
            "mandate",
            "يجب أن تثبت جهة الهوية أن صاحب الطلب مفوَّض عن الجهة الممثَّلة، وأن يكون السؤال عنها.",
            "The identity issuer must assert that the person who asks may represent the party, and the request must be"
                    + " about that party."),
    HOURS(
            FaultCode.AGREEMENT_HOURS,
            "الأوقات",
            "hours",
            "لا يُسأل بموجب الاتفاقية إلا في أوقاتها. أعد الطلب عندما تفتح.",
            "The agreement may be used during its hours only. Ask again when it opens."),
    QUOTA(
            FaultCode.AGREEMENT_QUOTA,
            "الحصة",
            "quota",
            "استُنفدت الطلبات المسموح بها للدقيقة أو لليوم. أعد الطلب لاحقاً.",
            "The requests of the past minute or the past day are used up. Ask again later.");

    private final FaultCode code;
    private final Label label;
    private final Label explanation;

    AccessRule(FaultCode code, String arabic, String english, String arabicExplanation, String englishExplanation) {
        this.code = code;
        this.label = new Label(arabic, english);
        this.explanation = new Label(arabicExplanation, englishExplanation);
    }

    /** The code of a refusal by this rule. */
    public FaultCode code() {
        return code;
    }

    /** What it is called. */
    public Label label() {
        return label;
    }

    /** What a refusal by it means, and what the person who asked can do. */
    public Label explanation() {
        return explanation;
    }

    /** Its name in messages for machines, for example {@code legal-basis}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rule that refuses with this code; empty when none does. */
    public static Optional<AccessRule> of(FaultCode code) {
        return Arrays.stream(values()).filter(rule -> rule.code == code).findFirst();
    }
}
