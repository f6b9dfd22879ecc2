package org.wasl.node.edge.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.wasl.node.edge.audit.Names;
import org.wasl.schemas.identifier.MemberId;

/**
 * A question as it is told, in the language of whoever reads it.
 *
 * @param state {@code OPEN} or {@code ANSWERED}
 * @param text null once it was erased
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record QuestionView(
        String id,
        String asked,
        String state,
        @Nullable UseView use,
        @Nullable String text,
        @Nullable AnswerView answer) {

    /**
     * The use that is asked about.
     *
     * @param leaf the index of its first leaf; for auditors only
     * @param correlationId the request whose history tells more; for auditors only, and null when there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UseView(
            String id,
            String logtime,
            String receiverCode,
            String receiverName,
            String purpose,
            @Nullable Long leaf,
            @Nullable String correlationId) {}

    /** @param auditor the opaque id of who answered; for auditors only */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AnswerView(
            String at, @Nullable String text, @Nullable String auditor) {}

    /** As whoever asked it sees it. */
    static QuestionView forAsker(Question question, Names names, String locale) {
        return of(question, names, locale, false, null);
    }

    /** As auditors see it: not who asked, but which request it is about. */
    static QuestionView forAuditor(Question question, Names names, String locale, @Nullable String correlationId) {
        return of(question, names, locale, true, correlationId);
    }

    private static QuestionView of(
            Question question, Names names, String locale, boolean auditing, @Nullable String correlationId) {
        Question.AskedUse use = question.use();
        Question.Answer answer = question.answer();
        return new QuestionView(
                question.id().toString(),
                question.asked().toString(),
                answer == null ? "OPEN" : "ANSWERED",
                use == null
                        ? null
                        : new UseView(
                                use.id(),
                                use.at().toString(),
                                use.receiver(),
                                receiver(use.receiver(), names, locale),
                                names.purpose(use.purpose()).in(locale),
                                auditing ? use.leaf() : null,
                                correlationId),
                question.text(),
                answer == null
                        ? null
                        : new AnswerView(answer.at().toString(), answer.text(), auditing ? answer.auditor() : null));
    }

    /** Those who audit have a code that is no member's. */
    private static String receiver(String code, Names names, String locale) {
        return code.indexOf('/') < 0 ? code : names.member(MemberId.parse(code)).in(locale);
    }
}
