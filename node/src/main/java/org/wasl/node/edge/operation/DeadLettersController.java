package org.wasl.node.edge.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.node.edge.RequestInputs;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.CallerAuthentication;
import org.wasl.schemas.fault.FaultCode;

/** The messages that nobody could process, for operators, and asking again what can be asked again. */
@RestController
public final class DeadLettersController {

    private static final String REASON = "reason";
    private static final int MAX_REASON = 500;
    private static final int PAGE_MAX = 200;

    private final DeadLetterList letters;
    private final Reruns reruns;

    public DeadLettersController(DeadLetterList letters, Reruns reruns) {
        this.letters = letters;
        this.reruns = reruns;
    }

    /** @param next give it as {@code before} for the next page; absent when there is none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<View> deadLetters, @Nullable Long next) {}

    /**
     * A dead letter. Of what could not be read there is only when it came, to whom, and why it was refused; who sent it is
     * what it claims, unless its reason says that it was genuine.
     *
     * @param id its leaf in the log
     * @param code why it was refused, the fault's code, with {@code title} in both languages
     * @param rerunnable whether it can be asked again, as far as can be told without trying
     * @param rerun how it was asked again; absent when it was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,
            Instant at,
            @Nullable String code,
            Map<String, String> title,
            @Nullable String member,
            @Nullable String kind,
            @Nullable String messageId,
            @Nullable String correlationId,
            @Nullable String consumer,
            @Nullable String provider,
            @Nullable String service,
            boolean rerunnable,
            @Nullable Rerun rerun) {}

    /** @param outcome {@code OPEN}, {@code ANSWERED}, {@code DEFERRED} or a fault's code */
    record Rerun(String messageId, Instant at, String outcome) {}

    @GetMapping(path = "/operation/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
    Page newest(@RequestParam(defaultValue = "") String before, @RequestParam(defaultValue = "50") String limit) {
        long from = before.isEmpty() ? Long.MAX_VALUE : number(before, "before").orElseThrow();
        int most = (int) number(limit, "limit").orElse(0);
        if (most < 1 || most > PAGE_MAX) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, "limit must be 1 to " + PAGE_MAX + ".");
        }
        List<FoundLeaf> page = letters.before(from, most);
        return new Page(
                page.stream().map(this::view).toList(),
                page.size() == most ? page.get(page.size() - 1).index() : null);
    }

    @PostMapping(path = "/operation/dead-letters/{id}/rerun", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<Reruns.Result>> rerun(
            @PathVariable String id, CallerAuthentication operator, HttpServletRequest request) throws IOException {
        Map<String, String> inputs = RequestInputs.read(request);
        String reason = inputs.getOrDefault(REASON, "").strip();
        if (!Set.of(REASON).containsAll(inputs.keySet()) || reason.isEmpty() || reason.length() > MAX_REASON) {
            throw new RefusedException(
                    FaultCode.REQUEST_PARAMETER, "Give a reason of 1 to 500 characters, and nothing else.");
        }
        FoundLeaf letter = number(id, "id").stream()
                .mapToObj(letters::at)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() ->
                        new RefusedException(FaultCode.RESOURCE_NOT_FOUND, "There is no dead letter of this number."));
        return reruns.run(letter, operator.getPrincipal().actorId(), reason)
                .thenApply(result -> ResponseEntity.status(HttpStatus.OK).body(result));
    }

    private static OptionalLong number(String text, String name) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new RefusedException(FaultCode.REQUEST_PARAMETER, name + " must be a number.");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private View view(FoundLeaf letter) {
        Leaf leaf = letter.leaf();
        String code = leaf.fault();
        Optional<FaultCode> fault = code == null ? Optional.empty() : FaultCode.byWireCode(code);
        return new View(
                Long.toString(letter.index()),
                Instant.ofEpochMilli(leaf.atMillis()),
                code,
                Map.of(
                        "ar", fault.map(FaultCode::arabic).orElse(""),
                        "en", fault.map(FaultCode::english).orElse("")),
                leaf.member(),
                leaf.kind(),
                leaf.messageId(),
                leaf.correlationId(),
                leaf.consumer(),
                leaf.provider(),
                leaf.service(),
                reruns.refusal(letter).isEmpty(),
                reruns.earlier(letter).orElse(null));
    }
}
