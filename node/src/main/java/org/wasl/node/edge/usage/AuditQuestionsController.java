package org.wasl.node.edge.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.FlatJson;
import org.wasl.node.edge.FreeText;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.audit.AuditTrail;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.Names;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;

/** Where auditors read what people ask about uses of their data, and answer it; both logged before it is told. */
@RestController
public final class AuditQuestionsController {

    private static final int PAGE = 50;

    /** How many are looked at for one page. */
    private static final int MOST_LOOKED_AT = 500;

    private static final String REASON = "people's questions";

    private final Questions questions;
    private final AuditedLog log;
    private final AuditTrail trail;
    private final Names names;

    public AuditQuestionsController(Questions questions, AuditedLog log, AuditTrail trail, Names names) {
        this.questions = questions;
        this.log = log;
        this.trail = trail;
        this.names = names;
    }

    /**
     * A page of questions, newest first.
     *
     * @param next the index before which to go on; null when there is nothing more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<QuestionView> questions, @Nullable Long next) {}

    @GetMapping(path = "/audit/questions", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page> questions(CallerAuthentication authentication, HttpServletRequest request) {
        String state = state(request);
        long before = before(request);
        String locale = ProblemResponses.locale(request);
        List<QuestionView> page = new ArrayList<>();
        List<Question> chunk = questions.before(before, MOST_LOOKED_AT);
        @Nullable Long next = null;
        for (Question question : chunk) {
            boolean wanted = state == null || state.equals(question.answer() == null ? "OPEN" : "ANSWERED");
            if (wanted && page.size() == PAGE) {
                break;
            }
            if (wanted) {
                page.add(QuestionView.forAuditor(question, names, locale, correlationId(question)));
            }
            next = question.index();
        }
        boolean more = next != null && !questions.before(next, 1).isEmpty();
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("results", page.size());
        trail.looked(authentication.getPrincipal().actorId(), AuditTrail.QUESTIONS, REASON, target, List.of(), null);
        return fresh(HttpStatus.OK, new Page(page, more ? next : null), locale);
    }

    @PostMapping(path = "/audit/questions/{id}/answer", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<QuestionView> answer(
            @PathVariable String id, CallerAuthentication authentication, HttpServletRequest request)
            throws IOException {
        UUID question = MessageIds.uuid(id)
                .orElseThrow(() -> new RefusedException(FaultCode.QUESTION_UNKNOWN, "There is no such question."));
        String text = Objects.requireNonNull(
                FreeText.read(
                        FlatJson.read(request, Map.of("text", FlatJson.Kind.TEXT))
                                .text("text"),
                        "text",
                        QuestionsController.LEAST_CHARACTERS,
                        QuestionsController.MOST_CHARACTERS),
                "it is not empty");
        Question answered =
                questions.answer(question, authentication.getPrincipal().actorId(), text);
        String locale = ProblemResponses.locale(request);
        return fresh(
                HttpStatus.CREATED, QuestionView.forAuditor(answered, names, locale, correlationId(answered)), locale);
    }

    private @Nullable String correlationId(Question question) {
        Question.AskedUse use = question.use();
        return use == null
                ? null
                : log.row(use.leaf()).map(row -> row.leaf().correlationId()).orElse(null);
    }

    private static @Nullable String state(HttpServletRequest request) {
        String state = request.getParameter("state");
        if (state != null && !"OPEN".equals(state) && !"ANSWERED".equals(state)) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "state must be OPEN or ANSWERED.");
        }
        return state;
    }

    private static long before(HttpServletRequest request) {
        String before = request.getParameter("before");
        if (before != null && !before.matches("[0-9]{1,18}")) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "before must be the number that a page gave.");
        }
        return before == null ? Long.MAX_VALUE : Long.parseLong(before);
    }

    private static <T> ResponseEntity<T> fresh(HttpStatus status, T body, String locale) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_LANGUAGE, locale)
                .body(body);
    }
}
