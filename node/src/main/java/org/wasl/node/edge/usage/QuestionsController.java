package org.wasl.node.edge.usage;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.node.edge.FlatJson;
import org.wasl.node.edge.FreeText;
import org.wasl.node.edge.audit.Names;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Caller;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;

/** Where people ask about uses of their own data that this node's log knows, and see what became of their questions. */
@RestController
public final class QuestionsController {

    static final int LEAST_CHARACTERS = 10;
    static final int MOST_CHARACTERS = 1_000;

    private static final Map<String, FlatJson.Kind> MEMBERS =
            Map.of("use", FlatJson.Kind.TEXT, "text", FlatJson.Kind.TEXT);

    private final Questions questions;
    private final ToldUses uses;
    private final Names names;

    public QuestionsController(Questions questions, ToldUses uses, Names names) {
        this.questions = questions;
        this.uses = uses;
        this.names = names;
    }

    /** One's own questions. */
    record Page(List<QuestionView> questions) {}

    @GetMapping(path = "/usage/questions", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page> own(CallerAuthentication authentication, HttpServletRequest request) {
        String locale = ProblemResponses.locale(request);
        List<QuestionView> own = questions.of(UsageController.person(authentication.getPrincipal())).stream()
                .map(question -> QuestionView.forAsker(question, names, locale))
                .toList();
        return fresh(HttpStatus.OK, new Page(own), locale);
    }

    @PostMapping(path = "/usage/questions", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<QuestionView> ask(CallerAuthentication authentication, HttpServletRequest request)
            throws IOException {
        Caller caller = authentication.getPrincipal();
        String person = UsageController.person(caller);
        FlatJson body = FlatJson.read(request, MEMBERS);
        String text = Objects.requireNonNull(
                FreeText.read(body.text("text"), "text", LEAST_CHARACTERS, MOST_CHARACTERS), "it is not empty");
        String use = body.text("use");
        Question.AskedUse about = (use == null ? Optional.<Question.AskedUse>empty() : uses.find(person, use))
                .orElseThrow(() -> new RefusedException(
                        FaultCode.USAGE_UNKNOWN, "Ask about a use of your own data that this node's log has told."));
        String locale = ProblemResponses.locale(request);
        Question asked = questions.ask(person, caller.actorId(), about, text);
        return fresh(HttpStatus.CREATED, QuestionView.forAsker(asked, names, locale), locale);
    }

    private static <T> ResponseEntity<T> fresh(HttpStatus status, T body, String locale) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_LANGUAGE, locale)
                .body(body);
    }
}
