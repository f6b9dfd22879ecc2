package org.wasl.screens.auditor;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.ApiFailure;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.api.Octets;
import org.wasl.screens.frame.FormErrors;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.Reading;
import org.wasl.screens.frame.Typed;

/** One request: its history as a picture and a table, its messages opened and compared, its evidence handed out. */
@Controller
public final class RequestPages {

    private static final String TOKEN = "[A-Za-z0-9._:/@+=-]{1,200}";

    private final Console console;

    public RequestPages(Console console) {
        this.console = console;
    }

    // The history

    @GetMapping("/auditor/request")
    String askHistory(@RequestParam Optional<String> id, Typed typed, Model model) {
        return form("request", typed, id.orElse(""), FormErrors.none(), model);
    }

    @PostMapping("/auditor/request")
    String history(
            @RequestParam String id,
            @RequestParam String reason,
            BusApi api,
            Language language,
            HttpServletResponse response,
            Model model) {
        FormErrors errors = checked(id, reason);
        if (errors.isEmpty()) {
            ApiAnswer answer = api.get("/audit/requests/" + path(id), Console.auditReason(reason));
            if (answer instanceof ApiAnswer.Given given) {
                Reading history = console.reading(given, language);
                List<SequencePicture.Message> messages = RequestHistory.messages(history.all("events"));
                model.addAttribute("history", history);
                model.addAttribute("messages", messages);
                model.addAttribute(
                        "picture", SequencePicture.of(messages, language).orElse(null));
                model.addAttribute("reason", reason.strip());
                model.addAttribute("evidence", evidence(messages));
                return "auditor/timeline";
            }
            Console.refused(answer, errors);
        }
        response.setStatus(Console.UNPROCESSABLE);
        return form("request", typed(id, reason), id, errors, model);
    }

    /** A message by which the evidence of the whole can be asked for. */
    private static String evidence(List<SequencePicture.Message> messages) {
        return messages.stream()
                .map(message -> message.leaf())
                .filter(leaf -> "REQUEST".equals(leaf.text("kind")) && leaf.has("messageId"))
                .map(leaf -> leaf.text("messageId"))
                .findFirst()
                .orElse("");
    }

    // One message

    @GetMapping("/auditor/message")
    String askMessage(@RequestParam Optional<String> id, Typed typed, Model model) {
        return form("message", typed, id.orElse(""), FormErrors.none(), model);
    }

    @PostMapping("/auditor/message")
    String message(
            @RequestParam String id,
            @RequestParam String reason,
            BusApi api,
            Language language,
            HttpServletResponse response,
            Model model) {
        FormErrors errors = checked(id, reason);
        if (errors.isEmpty()) {
            ApiAnswer answer = opened(api, id, reason);
            if (answer instanceof ApiAnswer.Given given) {
                model.addAttribute("message", console.reading(given, language));
                return "auditor/message";
            }
            Console.refused(answer, errors);
        }
        response.setStatus(Console.UNPROCESSABLE);
        return form("message", typed(id, reason), id, errors, model);
    }

    private static ApiAnswer opened(BusApi api, String id, String reason) {
        return api.get("/audit/containers/" + path(id.strip()), Console.breakGlass(reason));
    }

    // Two messages

    @GetMapping("/auditor/compare")
    String askCompare(
            @RequestParam Optional<String> one, @RequestParam Optional<String> other, Typed typed, Model model) {
        return compareForm(
                typed.restored() ? typed : new Typed(Map.of("one", one.orElse(""), "other", other.orElse("")), false),
                FormErrors.none(),
                model);
    }

    private static String compareForm(Typed typed, FormErrors errors, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        return "auditor/compare-form";
    }

    @PostMapping("/auditor/compare")
    String compare(
            @RequestParam String one,
            @RequestParam String other,
            @RequestParam String reason,
            BusApi api,
            Language language,
            HttpServletResponse response,
            Model model) {
        FormErrors errors = FormErrors.none();
        Console.reason(reason, errors);
        id("one", one, errors);
        id("other", other, errors);
        if (errors.isEmpty()) {
            ApiAnswer first = opened(api, one, reason);
            ApiAnswer second = opened(api, other, reason);
            if (first instanceof ApiAnswer.Given a && second instanceof ApiAnswer.Given b) {
                Reading left = console.reading(a, language);
                Reading right = console.reading(b, language);
                model.addAttribute("one", left);
                model.addAttribute("other", right);
                model.addAttribute("header", Comparison.of(left.in("header"), right.in("header")));
                model.addAttribute("payload", Comparison.of(left.in("payload"), right.in("payload")));
                return "auditor/compare";
            }
            none("one", first, errors);
            none("other", second, errors);
        }
        response.setStatus(Console.UNPROCESSABLE);
        Typed typed = new Typed(Map.of("one", one, "other", other, "reason", reason), false);
        return compareForm(typed, errors, model);
    }

    private static void none(String field, ApiAnswer answer, FormErrors errors) {
        if (answer instanceof ApiAnswer.Refused refused
                && "wasl.container.not-found".equals(refused.problem().code())) {
            errors.add(field, "auditor.message.none");
        } else if (!(answer instanceof ApiAnswer.Given)) {
            Console.refused(answer, errors);
        }
    }

    // Evidence

    @GetMapping("/auditor/evidence")
    String askEvidence(@RequestParam Optional<String> id, Typed typed, Model model) {
        return form("evidence", typed, id.orElse(""), FormErrors.none(), model);
    }

    @PostMapping("/auditor/evidence")
    Object evidence(
            @RequestParam String id, @RequestParam String reason, @RequestParam Optional<String> what, BusApi api) {
        FormErrors errors = checked(id, reason);
        boolean statement = what.filter("statement"::equals).isPresent();
        if (errors.isEmpty()) {
            try {
                Octets file = api.octets(
                        "/audit/exports/" + path(id.strip()) + (statement ? "/statement" : ""),
                        statement ? "application/pdf" : "application/zip",
                        Console.breakGlass(reason));
                String name = (statement ? "statement-" : "evidence-") + id.strip() + (statement ? ".pdf" : ".zip");
                return ResponseEntity.ok()
                        .header(HttpHeaders.CONTENT_TYPE, file.type())
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .body(file.content());
            } catch (ApiFailure refused) {
                Console.refused(refused.answer(), errors);
            }
        }
        ModelAndView page = new ModelAndView("auditor/reason", HttpStatus.UNPROCESSABLE_ENTITY);
        page.addObject("what", "evidence");
        page.addObject("typed", typed(id, reason));
        page.addObject("id", id);
        page.addObject("errors", errors);
        return page;
    }

    // Shared

    private static String form(String what, Typed typed, String id, FormErrors errors, Model model) {
        model.addAttribute("what", what);
        model.addAttribute("typed", typed);
        model.addAttribute("id", typed.value("id", id));
        model.addAttribute("errors", errors);
        return "auditor/reason";
    }

    private static FormErrors checked(String id, String reason) {
        FormErrors errors = FormErrors.none();
        id("id", id, errors);
        Console.reason(reason, errors);
        return errors;
    }

    private static void id(String field, String id, FormErrors errors) {
        if (!id.strip().matches(TOKEN)) {
            errors.add(field, "auditor.id.wrong");
        }
    }

    private static Typed typed(String id, String reason) {
        return new Typed(Map.of("id", id, "reason", reason), false);
    }

    /** Its slashes stay what they are. */
    private static String path(String id) {
        return Console.encoded(id.strip()).replace("%2F", "/");
    }
}
