package org.wasl.schemas.fault;

import static org.wasl.schemas.fault.FaultCategory.BUS;
import static org.wasl.schemas.fault.FaultCategory.RECEIVER;
import static org.wasl.schemas.fault.FaultCategory.RESOURCE;
import static org.wasl.schemas.fault.FaultCategory.SENDER;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The stable codes of everything that can be refused or go wrong. A code, once released, keeps its wire form and its
 * meaning for good; labels may be reworded. {@code docs/fault-codes.md} has a row for each.
 */
public enum FaultCode {
    // Requests at an edge
    REQUEST_MALFORMED(
            "wasl.request.malformed", SENDER, false, 400, "الطلب غير سليم البنية", "The request is malformed"),
    REQUEST_INVALID(
            "wasl.request.invalid", SENDER, false, 400, "محتوى الطلب غير صالح", "The request's content is not valid"),
    REQUEST_OVERSIZED(
            "wasl.request.oversized",
            SENDER,
            false,
            413,
            "الطلب أكبر من الحد المسموح",
            "The request is larger than allowed"),
    REQUEST_DOCTYPE("wasl.request.doctype", SENDER, false, 400, "تعريف DOCTYPE غير مسموح", "A DOCTYPE is not allowed"),
    REQUEST_MEDIA_TYPE(
            "wasl.request.media-type", SENDER, false, 415, "نوع المحتوى غير مدعوم", "The media type is not supported"),
    REQUEST_NOT_ACCEPTABLE(
            "wasl.request.not-acceptable",
            SENDER,
            false,
            406,
            "لا يمكن الرد بالصيغة المطلوبة",
            "No answer can be given in the media type asked for"),
    REQUEST_TIMED_OUT(
            "wasl.request.timed-out",
            RESOURCE,
            true,
            408,
            "لم يكتمل وصول الطلب ضمن المهلة",
            "The request did not arrive in full in time"),
    REQUEST_METHOD("wasl.request.method", SENDER, false, 405, "الطريقة غير مسموحة", "The method is not allowed"),
    REQUEST_PATH_TRAVERSAL(
            "wasl.request.path-traversal", SENDER, false, 400, "مسار الطلب غير مسموح", "The path leaves its place"),
    REQUEST_HEADER_MISSING(
            "wasl.request.header-missing", SENDER, false, 400, "ترويسة مطلوبة ناقصة", "A required header is missing"),
    REQUEST_PARAMETER(
            "wasl.request.parameter",
            SENDER,
            false,
            400,
            "معطى ناقص أو غير صالح",
            "A parameter is missing or not valid"),
    REQUEST_NOT_FOUND(
            "wasl.request.not-found", SENDER, false, 404, "لا يوجد طلب بهذا الرقم", "There is no such request"),
    CONTAINER_NOT_FOUND(
            "wasl.container.not-found", SENDER, false, 404, "لا توجد رسالة بهذا الرقم", "There is no such message"),
    RESOURCE_NOT_FOUND(
            "wasl.resource.not-found",
            SENDER,
            false,
            404,
            "لا يوجد شيء في هذا العنوان",
            "There is nothing at this address"),
    RERUN_IMPOSSIBLE(
            "wasl.rerun.impossible",
            SENDER,
            false,
            409,
            "لا يمكن إعادة هذه الرسالة",
            "This message cannot be run again"),
    UNAUTHENTICATED(
            "wasl.access.unauthenticated", SENDER, false, 401, "يلزم إثبات الهوية", "Authentication is required"),
    CLIENT_CERTIFICATE_REQUIRED(
            "wasl.access.client-certificate-required",
            SENDER,
            false,
            401,
            "تلزم شهادة العميل",
            "A client certificate is required"),
    ACCESS_DENIED("wasl.access.denied", SENDER, false, 403, "الوصول مرفوض", "Access is denied"),
    CLIENT_MISMATCH(
            "wasl.access.client-mismatch",
            SENDER,
            false,
            403,
            "الشهادة لا تخص الجهة الطالبة",
            "The certificate does not belong to the named client"),
    AUDIT_REASON(
            "wasl.audit.reason",
            SENDER,
            false,
            400,
            "سبب التدقيق ناقص أو غير صالح",
            "The reason of the audit is missing or not valid"),
    AUDIT_CURSOR(
            "wasl.audit.cursor",
            SENDER,
            false,
            400,
            "مؤشر الصفحة لا يخص هذا البحث",
            "The cursor is not one of this search"),
    BREAK_GLASS_REQUIRED(
            "wasl.audit.break-glass-required",
            SENDER,
            false,
            403,
            "يتطلب فتح المحتوى بياناً بالسبب",
            "Opening content takes a stated reason"),
    USAGE_INCOMPLETE(
            "wasl.usage.incomplete",
            RESOURCE,
            true,
            503,
            "تعذر سؤال جميع الخوادم عمّن اطّلع",
            "Not every node could be asked who looked"),
    USAGE_UNKNOWN(
            "wasl.usage.unknown",
            SENDER,
            false,
            404,
            "لا يوجد اطلاع بهذا الرقم على بياناتك",
            "There is no such use of the caller's data"),
    QUESTION_UNKNOWN(
            "wasl.question.unknown", SENDER, false, 404, "لا يوجد سؤال بهذا الرقم", "There is no such question"),
    QUESTION_ASKED(
            "wasl.question.asked", SENDER, false, 409, "سبق السؤال عن هذا الاطلاع", "This use was asked about before"),
    QUESTION_ANSWERED(
            "wasl.question.answered",
            SENDER,
            false,
            409,
            "سبق الرد على هذا السؤال",
            "This question was answered before"),
    QUESTION_LIMIT(
            "wasl.question.limit",
            RESOURCE,
            true,
            429,
            "لديك من الأسئلة المفتوحة أقصى عدد مسموح",
            "As many questions are open as may be"),
    SATISFACTION_EARLY(
            "wasl.satisfaction.early",
            SENDER,
            true,
            409,
            "لم يكتمل الجواب بعد لتقييمه",
            "There is no final answer to rate yet"),
    SATISFACTION_GIVEN(
            "wasl.satisfaction.given", SENDER, false, 409, "سبق تقييم هذا الطلب", "This request was rated before"),
    SAVED_SEARCH_UNKNOWN(
            "wasl.audit.saved-search-unknown",
            SENDER,
            false,
            404,
            "لا يوجد بحث محفوظ بهذا الرقم",
            "There is no such saved search"),
    SAVED_SEARCH_LIMIT(
            "wasl.audit.saved-search-limit",
            SENDER,
            false,
            409,
            "بلغت عمليات البحث المحفوظة حدها",
            "As many searches are saved as may be"),

    // Names
    MEMBER_UNKNOWN("wasl.member.unknown", SENDER, false, 404, "العضو غير معروف", "The member is unknown"),
    SUBSYSTEM_UNKNOWN(
            "wasl.subsystem.unknown", SENDER, false, 404, "النظام الفرعي غير معروف", "The subsystem is unknown"),
    SERVICE_UNKNOWN("wasl.service.unknown", SENDER, false, 404, "الخدمة غير معروفة", "The service is unknown"),
    SERVICE_METHOD(
            "wasl.service.method",
            SENDER,
            false,
            405,
            "الخدمة لا تقبل هذه الطريقة",
            "The service does not take this method"),
    COMPOSITE_UNKNOWN(
            "wasl.composite.unknown",
            SENDER,
            false,
            404,
            "الخدمة المركبة غير معروفة",
            "The composite service is unknown"),

    // Containers
    CONTAINER_OVERSIZED(
            "wasl.container.oversized",
            SENDER,
            false,
            413,
            "الحاوية أكبر من الحد المسموح",
            "The container is larger than allowed"),
    CONTAINER_NOT_ZIP(
            "wasl.container.not-zip",
            SENDER,
            false,
            400,
            "الحاوية ليست ملف zip سليماً",
            "The container is not a well-formed zip"),
    CONTAINER_COMPRESSED(
            "wasl.container.compressed",
            SENDER,
            false,
            400,
            "محتويات الحاوية يجب ألا تكون مضغوطة",
            "An entry is compressed; entries are stored"),
    CONTAINER_ENTRY_EXTRA(
            "wasl.container.entry-extra",
            SENDER,
            false,
            400,
            "في الحاوية ملف زائد",
            "The container has an entry that does not belong there"),
    CONTAINER_ENTRY_DUPLICATE(
            "wasl.container.entry-duplicate",
            SENDER,
            false,
            400,
            "في الحاوية ملف مكرر",
            "The container has an entry twice"),
    CONTAINER_ENTRY_MISSING(
            "wasl.container.entry-missing", SENDER, false, 400, "في الحاوية ملف ناقص", "The container lacks an entry"),
    CONTAINER_ENTRY_ORDER(
            "wasl.container.entry-order",
            SENDER,
            false,
            400,
            "ملفات الحاوية ليست بالترتيب المطلوب",
            "The container's entries are out of order"),
    CONTAINER_ZIP_MISMATCH(
            "wasl.container.zip-mismatch",
            SENDER,
            false,
            400,
            "فهرس الحاوية لا يطابق محتواها",
            "The zip's central directory and local headers differ"),
    CONTAINER_MIMETYPE(
            "wasl.container.mimetype", SENDER, false, 400, "نوع الحاوية غير صحيح", "The container's mimetype is wrong"),
    CONTAINER_MANIFEST(
            "wasl.container.manifest",
            SENDER,
            false,
            400,
            "بيان محتويات الحاوية غير صحيح",
            "The container's manifest is wrong"),
    XML_MALFORMED("wasl.xml.malformed", SENDER, false, 400, "مستند XML غير سليم", "The XML is not well-formed"),
    XML_DOCTYPE("wasl.xml.doctype", SENDER, false, 400, "تعريف DOCTYPE غير مسموح", "A DOCTYPE is not allowed"),
    XML_FORBIDDEN_NODE(
            "wasl.xml.forbidden-node",
            SENDER,
            false,
            400,
            "تعليق أو تعليمة معالجة غير مسموحة",
            "A comment or processing instruction is not allowed here"),
    XML_ENCODING("wasl.xml.encoding", SENDER, false, 400, "ترميز المستند ليس UTF-8", "The XML is not in UTF-8"),
    XML_LIMIT(
            "wasl.xml.limit",
            SENDER,
            false,
            413,
            "مستند XML يتجاوز الحدود",
            "The XML exceeds a bound on depth, attributes or size"),
    SCHEMA_UNKNOWN(
            "wasl.schema.unknown",
            SENDER,
            false,
            400,
            "لا يوجد مخطط لهذا المستند",
            "No schema is known for this document"),
    SCHEMA_INVALID(
            "wasl.schema.invalid",
            SENDER,
            false,
            400,
            "المستند لا يطابق المخطط",
            "The document does not follow its schema"),
    HEADER_INVALID(
            "wasl.header.invalid", SENDER, false, 400, "ترويسة الرسالة غير صالحة", "The message header is not valid"),

    // Signatures and certificates
    SIGNATURE_MISSING("wasl.signature.missing", SENDER, false, 400, "التوقيع ناقص", "The signature is missing"),
    SIGNATURE_STRUCTURE(
            "wasl.signature.structure",
            SENDER,
            false,
            400,
            "بنية التوقيع غير مسموحة",
            "The signature's structure is not allowed"),
    SIGNATURE_ALGORITHM(
            "wasl.signature.algorithm",
            SENDER,
            false,
            400,
            "خوارزمية التوقيع غير مسموحة",
            "A signature algorithm is not allowed"),
    SIGNATURE_NOT_COVERED(
            "wasl.signature.not-covered",
            SENDER,
            false,
            400,
            "التوقيع لا يغطي المحتوى المطلوب",
            "The signature does not cover exactly what it must"),
    SIGNATURE_HEADER_ALTERED(
            "wasl.signature.header-altered",
            SENDER,
            false,
            400,
            "ترويسة الرسالة عُدّلت بعد التوقيع",
            "The header was altered after signing"),
    SIGNATURE_PAYLOAD_ALTERED(
            "wasl.signature.payload-altered",
            SENDER,
            false,
            400,
            "محتوى الرسالة عُدّل بعد التوقيع",
            "The payload was altered after signing"),
    SIGNATURE_PROPERTIES_ALTERED(
            "wasl.signature.properties-altered",
            SENDER,
            false,
            400,
            "خصائص التوقيع عُدّلت",
            "The signed properties were altered"),
    SIGNATURE_INVALID("wasl.signature.invalid", SENDER, false, 400, "التوقيع غير صحيح", "The signature value is wrong"),
    CERTIFICATE_UNKNOWN(
            "wasl.certificate.unknown",
            SENDER,
            false,
            403,
            "الشهادة غير مسجلة لهذا العضو",
            "The certificate is not registered for this member"),
    CERTIFICATE_OTHER_MEMBER(
            "wasl.certificate.other-member",
            SENDER,
            false,
            403,
            "الشهادة تخص عضواً آخر",
            "The certificate belongs to another member"),
    CERTIFICATE_EXPIRED(
            "wasl.certificate.expired",
            SENDER,
            false,
            403,
            "الشهادة خارج مدة صلاحيتها",
            "The certificate is outside its validity"),
    CERTIFICATE_REVOKED("wasl.certificate.revoked", SENDER, false, 403, "الشهادة ملغاة", "The certificate is revoked"),
    CERTIFICATE_USAGE(
            "wasl.certificate.usage",
            SENDER,
            false,
            403,
            "الشهادة لا تصلح لهذا الاستعمال",
            "The certificate may not be used for this"),
    CERTIFICATE_UNTRUSTED(
            "wasl.certificate.untrusted",
            SENDER,
            false,
            403,
            "لا يوجد مسار ثقة للشهادة",
            "No path of trust leads to the certificate"),
    CERTIFICATE_STATUS_UNKNOWN(
            "wasl.certificate.status-unknown",
            BUS,
            true,
            503,
            "تعذر التحقق من حالة الشهادة",
            "The certificate's revocation status cannot be had"),

    // Encryption
    ENCRYPTION_REQUIRED(
            "wasl.encryption.required", SENDER, false, 400, "يجب تشفير المحتوى", "The payload must be encrypted"),
    ENCRYPTION_UNEXPECTED(
            "wasl.encryption.unexpected",
            SENDER,
            false,
            400,
            "لا يتوقع تشفير المحتوى",
            "The payload must not be encrypted"),
    ENCRYPTION_STRUCTURE(
            "wasl.encryption.structure",
            SENDER,
            false,
            400,
            "بنية التشفير غير مسموحة",
            "The encryption's structure is not allowed"),
    ENCRYPTION_ALGORITHM(
            "wasl.encryption.algorithm",
            SENDER,
            false,
            400,
            "خوارزمية التشفير غير مسموحة",
            "An encryption algorithm is not allowed"),
    ENCRYPTION_OVERSIZED(
            "wasl.encryption.oversized",
            SENDER,
            false,
            413,
            "المحتوى المشفر أكبر من الحد المسموح",
            "The encrypted payload is larger than allowed"),
    ENCRYPTION_RECIPIENT(
            "wasl.encryption.recipient",
            RECEIVER,
            true,
            503,
            "لا توجد شهادة تشفير صالحة للمستلم",
            "A recipient has no usable encryption certificate"),
    ENCRYPTION_NOT_FOR_US(
            "wasl.encryption.not-for-us",
            SENDER,
            false,
            400,
            "المحتوى مشفر لجهة أخرى",
            "The payload is encrypted for somebody else"),
    ENCRYPTION_OTHER_MESSAGE(
            "wasl.encryption.other-message",
            SENDER,
            false,
            400,
            "التشفير يعود لرسالة أخرى",
            "The encryption belongs to another message"),
    ENCRYPTION_KEY(
            "wasl.encryption.key", SENDER, false, 400, "المفتاح المؤقت غير صالح", "The ephemeral key is not valid"),
    ENCRYPTION_BROKEN(
            "wasl.encryption.broken", SENDER, false, 400, "تعذر فك التشفير", "The payload cannot be decrypted"),
    ENCRYPTION_DIGEST(
            "wasl.encryption.digest",
            SENDER,
            false,
            400,
            "المحتوى المفكوك ليس ما وُقّع",
            "The decrypted payload is not what was signed for"),

    // Registry and agreements
    REGISTRY_INVALID("wasl.registry.invalid", BUS, false, 503, "سجل الأعضاء غير صالح", "The registry is not valid"),
    REGISTRY_ROLLBACK(
            "wasl.registry.rollback",
            BUS,
            false,
            503,
            "نسخة سجل الأعضاء أقدم من المعتمدة",
            "The registry is older than the one in force"),
    REGISTRY_EXPIRED("wasl.registry.expired", BUS, true, 503, "انتهت صلاحية سجل الأعضاء", "The registry has expired"),
    REGISTRY_NOT_YET_VALID(
            "wasl.registry.not-yet-valid",
            BUS,
            true,
            503,
            "تاريخ إصدار سجل الأعضاء لم يحن بعد",
            "The registry is dated in the future"),
    AGREEMENT_NONE(
            "wasl.agreement.none",
            SENDER,
            false,
            403,
            "لا توجد اتفاقية تسمح بهذا الطلب",
            "No agreement allows this request"),
    AGREEMENT_PURPOSE(
            "wasl.agreement.purpose",
            SENDER,
            false,
            403,
            "الغرض غير مشمول بالاتفاقية",
            "The purpose is not in the agreement"),
    AGREEMENT_LEGAL_BASIS(
            "wasl.agreement.legal-basis",
            SENDER,
            false,
            403,
            "السند القانوني غير مشمول بالاتفاقية",
            "The legal basis is not in the agreement"),
    AGREEMENT_NOT_IN_FORCE(
            "wasl.agreement.not-in-force", SENDER, false, 403, "الاتفاقية غير سارية", "The agreement is not in force"),
    AGREEMENT_WITHDRAWN(
            "wasl.agreement.withdrawn", SENDER, false, 403, "سُحبت الاتفاقية", "The agreement was withdrawn"),
    AGREEMENT_ACTOR(
            "wasl.agreement.actor",
            SENDER,
            false,
            403,
            "الاتفاقية ليست لفاعل بهذه الصفة",
            "The agreement is not for an actor of this kind"),
    AGREEMENT_ASSERTION(
            "wasl.agreement.assertion",
            SENDER,
            false,
            403,
            "الاتفاقية تطلب إثبات جهة الهوية لصاحب الطلب",
            "The agreement asks for an identity issuer's assertion about the person"),
    AGREEMENT_ASSURANCE(
            "wasl.agreement.assurance",
            SENDER,
            false,
            403,
            "مستوى التحقق من الهوية دون ما تطلبه الاتفاقية",
            "The person's identity was not proven well enough for the agreement"),
    AGREEMENT_SUBJECT(
            "wasl.agreement.subject",
            SENDER,
            false,
            403,
            "الاتفاقية لا تسمح بالسؤال عن هذا الشخص أو الشيء",
            "The agreement does not allow asking about this person or thing"),
    AGREEMENT_CASE(
            "wasl.agreement.case-reference",
            SENDER,
            false,
            403,
            "الاتفاقية تطلب رقم القضية أو المعاملة",
            "The agreement asks for a case reference"),
    AGREEMENT_MANDATE(
            "wasl.agreement.mandate",
            SENDER,
            false,
            403,
            "لا تفويض من الجهة الممثَّلة",
            "There is no mandate of the represented party"),
    AGREEMENT_HOURS(
            "wasl.agreement.hours", SENDER, true, 403, "خارج أوقات الاتفاقية", "It is outside the agreement's hours"),
    AGREEMENT_QUOTA(
            "wasl.agreement.quota", RESOURCE, true, 429, "استُنفدت حصة الاتفاقية", "The agreement's quota is used up"),

    // The person's assertion
    ASSERTION_MISSING(
            "wasl.assertion.missing", SENDER, false, 403, "إفادة الهوية ناقصة", "The person's assertion is missing"),
    ASSERTION_MALFORMED(
            "wasl.assertion.malformed",
            SENDER,
            false,
            400,
            "إفادة الهوية غير سليمة",
            "The person's assertion is malformed"),
    ASSERTION_HEADER(
            "wasl.assertion.header",
            SENDER,
            false,
            400,
            "ترويسة إفادة الهوية غير مسموحة",
            "The assertion's header is not allowed"),
    ASSERTION_ALGORITHM(
            "wasl.assertion.algorithm",
            SENDER,
            false,
            400,
            "خوارزمية إفادة الهوية غير مسموحة",
            "The assertion's algorithm is not allowed"),
    ASSERTION_ISSUER(
            "wasl.assertion.issuer",
            SENDER,
            false,
            403,
            "مُصدر إفادة الهوية غير مسجل",
            "The assertion's issuer is not registered"),
    ASSERTION_KEY(
            "wasl.assertion.key",
            SENDER,
            false,
            403,
            "مفتاح إفادة الهوية غير مسجل أو غير سارٍ",
            "The assertion's key is not registered or not valid now"),
    ASSERTION_SIGNATURE(
            "wasl.assertion.signature",
            SENDER,
            false,
            403,
            "توقيع إفادة الهوية غير صحيح",
            "The assertion's signature is wrong"),
    ASSERTION_ALTERED(
            "wasl.assertion.altered",
            SENDER,
            false,
            400,
            "إفادة الهوية ليست المذكورة في الترويسة",
            "The assertion is not the one that the header names"),
    ASSERTION_NOT_YET_VALID(
            "wasl.assertion.not-yet-valid",
            SENDER,
            false,
            403,
            "إفادة الهوية غير سارية بعد",
            "The assertion is not valid yet"),
    ASSERTION_EXPIRED(
            "wasl.assertion.expired", SENDER, false, 403, "انتهت صلاحية إفادة الهوية", "The assertion has expired"),
    ASSERTION_LIFETIME(
            "wasl.assertion.lifetime",
            SENDER,
            false,
            403,
            "مدة إفادة الهوية أطول من المسموح",
            "The assertion is made for longer than allowed"),
    ASSERTION_AUDIENCE(
            "wasl.assertion.audience",
            SENDER,
            false,
            403,
            "إفادة الهوية موجهة إلى جهة أخرى",
            "The assertion is for another receiver"),
    ASSERTION_OTHER_REQUEST(
            "wasl.assertion.other-request",
            SENDER,
            false,
            403,
            "إفادة الهوية تخص طلباً آخر",
            "The assertion is for another request"),
    ASSERTION_PURPOSE(
            "wasl.assertion.purpose",
            SENDER,
            false,
            403,
            "إفادة الهوية لغرض آخر",
            "The assertion is for another purpose"),
    ASSERTION_SERVICE(
            "wasl.assertion.service",
            SENDER,
            false,
            403,
            "إفادة الهوية لخدمة أخرى",
            "The assertion is for another service"),
    ASSERTION_INPUT(
            "wasl.assertion.input",
            SENDER,
            false,
            403,
            "إفادة الهوية لمُدخلات أخرى",
            "The assertion is for other inputs"),
    ASSERTION_ACTOR(
            "wasl.assertion.actor",
            SENDER,
            false,
            403,
            "الفاعل ليس صاحب إفادة الهوية",
            "The actor is not the assertion's person"),
    ASSERTION_MANDATE(
            "wasl.assertion.mandate",
            SENDER,
            false,
            403,
            "إفادة الهوية لا تمنح هذه الوكالة",
            "The assertion does not give this mandate"),
    ASSERTION_REFUSED(
            "wasl.assertion.refused",
            SENDER,
            false,
            403,
            "رفض مُصدر الهوية إصدار الإفادة",
            "The identity issuer gives no assertion"),
    ASSERTION_UNAVAILABLE(
            "wasl.assertion.unavailable",
            RESOURCE,
            true,
            503,
            "تعذر الوصول إلى مُصدر الهوية",
            "The identity issuer cannot be reached"),

    // The exchange
    EXCHANGE_EXPIRED("wasl.exchange.expired", SENDER, true, 504, "انتهت مهلة الطلب", "The request has expired"),
    EXCHANGE_NOT_YET_VALID(
            "wasl.exchange.not-yet-valid",
            SENDER,
            false,
            400,
            "وقت إصدار الطلب في المستقبل",
            "The request was issued in the future"),
    EXCHANGE_REPLAYED(
            "wasl.exchange.replayed", SENDER, false, 409, "الطلب سبق استلامه", "The request was received before"),
    EXCHANGE_ID_REUSED(
            "wasl.exchange.id-reused",
            SENDER,
            false,
            409,
            "رقم الرسالة مستعمل لرسالة أخرى",
            "The message id was used for another message"),
    EXCHANGE_TIMED_OUT(
            "wasl.exchange.timed-out",
            RESOURCE,
            true,
            504,
            "لم يصل الرد ضمن المهلة",
            "No reply came before the deadline"),
    EXCHANGE_OTHER_REQUEST(
            "wasl.exchange.other-request",
            SENDER,
            false,
            400,
            "الرد لا يخص هذا الطلب",
            "The reply is bound to another request"),
    EXCHANGE_UNEXPECTED_KIND(
            "wasl.exchange.unexpected-kind",
            SENDER,
            false,
            400,
            "نوع الرسالة غير متوقع",
            "The message is of a kind not expected here"),
    EXCHANGE_WRONG_RECEIVER(
            "wasl.exchange.wrong-receiver",
            SENDER,
            false,
            400,
            "الرسالة موجهة إلى جهة أخرى",
            "The message is addressed to another receiver"),
    EXCHANGE_OTHER_SENDER(
            "wasl.exchange.other-sender",
            SENDER,
            false,
            403,
            "أرسل الرسالة غير من وقّعها",
            "Another member sent the message than signed it"),
    EXCHANGE_CANCELLED(
            "wasl.exchange.cancelled",
            SENDER,
            false,
            410,
            "ألغى الطالب طلبه",
            "The requester has cancelled the request"),
    EXCHANGE_DEFERRAL_EXPIRED(
            "wasl.exchange.deferral-expired",
            RECEIVER,
            true,
            504,
            "انقضى الموعد ولم يصدر الجواب المؤجل",
            "The deferred answer was not there by its deadline"),
    WEBHOOK_UNDELIVERABLE(
            "wasl.webhook.undeliverable",
            RECEIVER,
            true,
            502,
            "تعذر تسليم الجواب المؤجل إلى نظام الطالب",
            "The late answer could not be handed to the requester's system"),
    EVENT_TYPE_UNKNOWN(
            "wasl.event.type-unknown", SENDER, false, 404, "نوع الحدث غير معروف", "The event type is unknown"),
    EVENT_KEY_REUSED(
            "wasl.event.key-reused",
            SENDER,
            false,
            409,
            "استُعمل مفتاح الحدث لحدث آخر",
            "The event's key was used for another event"),
    EVENT_NOT_SUBSCRIBED(
            "wasl.event.not-subscribed",
            SENDER,
            false,
            404,
            "لا اشتراك في أحداث هذه الجهة",
            "There is no subscription to this publisher's events"),
    EVENT_SEQUENCE(
            "wasl.event.sequence",
            SENDER,
            false,
            409,
            "رقم الحدث سبق استعماله لحدث آخر",
            "The event's number was used for another event"),
    EVENT_REFUSED(
            "wasl.event.refused",
            RECEIVER,
            false,
            502,
            "لم يقبل نظام المشترك الحدث",
            "The subscriber's system did not take the event"),
    BROKER_UNAVAILABLE(
            "wasl.broker.unavailable", BUS, true, 503, "وسيط الرسائل غير متاح", "The message broker is unavailable"),
    BROKER_FULL("wasl.broker.full", RESOURCE, true, 429, "طابور الرسائل ممتلئ", "The message queue is full"),
    LOG_UNAVAILABLE(
            "wasl.log.unavailable",
            BUS,
            true,
            503,
            "سجل الرسائل غير متاح فلا يُفصح عن شيء",
            "The message log cannot be written, so nothing leaves"),
    LOG_NOT_WITNESSED(
            "wasl.log.not-witnessed",
            BUS,
            true,
            503,
            "لم يصادق الشهود على سجل الرسائل في الوقت المحدد فلا يُفصح عن شيء",
            "The message log was not cosigned in time, so nothing is disclosed"),
    LOG_NOT_TIME_STAMPED(
            "wasl.log.not-time-stamped",
            BUS,
            true,
            503,
            "لم يُختم سجل الرسائل بختم زمني في الوقت المحدد فلا يُفصح عن شيء",
            "The message log was not time-stamped in time, so nothing is disclosed"),
    LOG_DISPUTED(
            "wasl.log.disputed",
            BUS,
            false,
            503,
            "سجل الرسائل يخالف ما رآه الشهود",
            "The message log differs from what its witnesses have seen"),
    CLOCK_SKEWED("wasl.clock.skewed", BUS, true, 503, "ساعة الخادم منحرفة", "The node's clock is off"),
    KEY_UNAVAILABLE(
            "wasl.key.unavailable",
            BUS,
            true,
            503,
            "مفتاح التوقيع غير متاح الآن",
            "The member's key cannot be used now"),
    OVERLOADED(
            "wasl.node.overloaded",
            RESOURCE,
            true,
            429,
            "الخادم مشغول فوق طاقته",
            "The node has as much work as it takes"),
    QUOTA("wasl.node.quota", RESOURCE, true, 429, "تجاوزت الجهة حصتها", "The consumer exceeded its quota"),
    INTERNAL("wasl.node.internal", BUS, false, 500, "خطأ داخلي", "An internal error"),

    // Back-ends
    BACKEND_UNAVAILABLE(
            "wasl.backend.unavailable",
            RECEIVER,
            true,
            503,
            "نظام الجهة غير متاح",
            "The agency's system is unavailable"),
    BACKEND_TIMED_OUT(
            "wasl.backend.timed-out",
            RECEIVER,
            true,
            504,
            "نظام الجهة لم يجب ضمن المهلة",
            "The agency's system did not answer in time"),
    BACKEND_REFUSED(
            "wasl.backend.refused",
            RECEIVER,
            false,
            502,
            "نظام الجهة رفض الطلب",
            "The agency's system refused the request"),
    BACKEND_MALFORMED(
            "wasl.backend.malformed",
            RECEIVER,
            false,
            502,
            "جواب نظام الجهة غير سليم",
            "The agency's system answered something unreadable"),
    BACKEND_OVERSIZED(
            "wasl.backend.oversized",
            RECEIVER,
            false,
            502,
            "جواب نظام الجهة أكبر من الحد",
            "The agency's system answered more than allowed"),
    BACKEND_BUSY(
            "wasl.backend.busy",
            RESOURCE,
            true,
            503,
            "نظام الجهة مشغول",
            "The agency's system takes no more requests for now"),
    MAPPING_FAILED(
            "wasl.mapping.failed",
            RECEIVER,
            false,
            502,
            "تعذر تحويل السجل إلى المخطط المشترك",
            "The record could not be mapped to the shared schema"),
    RECORD_INVALID(
            "wasl.record.invalid",
            RECEIVER,
            false,
            502,
            "سجل الجهة لا يطابق المخطط المشترك",
            "The agency's record does not follow the shared schema"),
    DOCUMENT_MEDIA_TYPE(
            "wasl.document.media-type",
            RECEIVER,
            false,
            502,
            "نوع الوثيقة غير مسموح",
            "The document is not of a type that may be sent"),
    DOCUMENT_CONFIDENTIAL(
            "wasl.document.confidential",
            RECEIVER,
            false,
            502,
            "لا يمكن إرسال الوثائق مشفرة",
            "A document cannot be sent encrypted"),
    DOCUMENT_NO_SPACE(
            "wasl.document.no-space",
            RESOURCE,
            true,
            503,
            "لا مساحة لوثيقة أخرى الآن",
            "There is no room for another document now"),
    RECORD_NOT_FOUND("wasl.record.not-found", SENDER, false, 404, "لا يوجد سجل مطابق", "There is no such record"),
    RECORD_CONFLICT(
            "wasl.record.conflict",
            SENDER,
            false,
            409,
            "لا يمكن إجراء التغيير بالحالة القائمة لدى الجهة",
            "What the agency holds stands against the change"),
    RECORD_EXPIRED(
            "wasl.record.expired",
            SENDER,
            false,
            410,
            "انتهى ما طُلب تغييره قبل وصول الطلب",
            "What was to be changed had ended before"),

    // Composition
    COMPOSITE_INVALID(
            "wasl.composite.invalid",
            BUS,
            false,
            500,
            "تعريف الخدمة المركبة غير صالح",
            "The composite service's declaration is not valid"),
    COMPOSITE_INPUT(
            "wasl.composite.input",
            SENDER,
            false,
            400,
            "مُدخل الخدمة المركبة ناقص أو غير صالح",
            "An input of the composite service is missing or not valid"),
    COMPOSITE_DEADLINE(
            "wasl.composite.deadline",
            RESOURCE,
            true,
            504,
            "انتهت مهلة الخدمة المركبة",
            "The composite service's deadline has passed"),
    COMPOSITE_NOT_UNDONE(
            "wasl.composite.not-undone",
            RECEIVER,
            false,
            502,
            "تعذر التراجع عن تغيير أُجري لدى جهة",
            "What was changed at an agency could not be undone"),

    // Payment
    PAYMENT_ANSWER("wasl.payment.answer", SENDER, false, 409, "لا يصلح هذا الجواب للدفع", "The answer cannot be paid"),
    PAYMENT_NOTHING_DUE("wasl.payment.nothing-due", SENDER, false, 409, "لا يوجد ما يُدفع", "There is nothing to pay"),
    PAYMENT_NOT_ITEMISED(
            "wasl.payment.not-itemised", BUS, false, 500, "تعذر تفصيل المستحقات", "What is owed cannot be itemised"),
    PAYMENT_UNKNOWN(
            "wasl.payment.unknown", SENDER, false, 404, "لا يوجد أمر دفع بهذا الرقم", "There is no such payment order"),
    PAYMENT_EXPIRED(
            "wasl.payment.expired",
            SENDER,
            false,
            410,
            "انتهت مدة أمر الدفع",
            "The payment order was not paid in time"),
    PAYMENT_NOTIFICATION(
            "wasl.payment.notification",
            SENDER,
            false,
            401,
            "إشعار الدفع غير موثوق",
            "The notification of a payment is not authentic");

    private static final Map<String, FaultCode> BY_WIRE_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(FaultCode::wireCode, Function.identity()));

    private final String wireCode;
    private final FaultCategory category;
    private final boolean retryable;
    private final int httpStatus;
    private final String arabic;
    private final String english;

    FaultCode(
            String wireCode, FaultCategory category, boolean retryable, int httpStatus, String arabic, String english) {
        this.wireCode = wireCode;
        this.category = category;
        this.retryable = retryable;
        this.httpStatus = httpStatus;
        this.arabic = arabic;
        this.english = english;
    }

    /** The stable code on the wire, for example {@code wasl.signature.not-covered}. */
    public String wireCode() {
        return wireCode;
    }

    public FaultCategory category() {
        return category;
    }

    /** Whether the same request, sent again later, may succeed. */
    public boolean retryable() {
        return retryable;
    }

    /** The HTTP status that an HTTP edge answers with. */
    public int httpStatus() {
        return httpStatus;
    }

    public String arabic() {
        return arabic;
    }

    public String english() {
        return english;
    }

    /** The code of that wire form; empty when it is none of ours. */
    public static Optional<FaultCode> byWireCode(String wireCode) {
        return Optional.ofNullable(BY_WIRE_CODE.get(wireCode));
    }
}
