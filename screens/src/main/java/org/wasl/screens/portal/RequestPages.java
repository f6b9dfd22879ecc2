package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.frame.FormErrors;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.NoSuchPage;
import org.wasl.screens.frame.Person;
import org.wasl.screens.frame.Typed;

/** A request after it was asked: how it stands, what came of it, and what can be done then. */
@Controller
public final class RequestPages {

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,18}");
    private static final int LONGEST_COMMENT = 1_000;

    /** With these a request is not there for whoever looks; with all others it has failed, which is something to show. */
    private static final List<String> NOT_THEIRS = List.of("wasl.request.", "wasl.access.");

    private final Words words;
    private final MessageSource texts;
    private final Semaphore streams;
    private final Duration streamLongest;

    /**
     * @param streams how many pages are followed live at a time
     * @param streamLongest how long one connection follows a page
     */
    public RequestPages(Words words, MessageSource texts, int streams, Duration streamLongest) {
        this.words = words;
        this.texts = texts;
        this.streams = new Semaphore(streams);
        this.streamLongest = streamLongest;
    }

    /** One of the person's requests, in their list. */
    record Row(String id, String name, String asked, String state, String kind) {}

    @GetMapping("/portal/requests")
    String requests(@RequestParam Optional<String> before, Person person, BusApi api, Model model) {
        List<Row> rows = new ArrayList<>();
        String next = "";
        if (person.is("CITIZEN")) {
            String query = before.filter(index -> INDEX.matcher(index).matches())
                    .map(index -> "?before=" + index)
                    .orElse("");
            JsonNode page = api.get("/requests" + query).orFail().body();
            page.path("requests").forEach(row -> rows.add(row(row, person.language())));
            next = page.path("next").asText("");
        }
        model.addAttribute("rows", rows);
        model.addAttribute("next", next);
        model.addAttribute("citizen", person.is("CITIZEN"));
        return "portal/requests";
    }

    private static Row row(JsonNode row, Language language) {
        String state = row.path("state").asText();
        String decision = row.path("decision").asText("");
        String shown =
                switch (state) {
                    case "ANSWERED" ->
                        switch (decision) {
                            case "CLEAR" -> "clear";
                            case "BLOCKED" -> "blocked";
                            default -> "undetermined";
                        };
                    default -> state.toLowerCase(java.util.Locale.ROOT);
                };
        String kind =
                switch (shown) {
                    case "clear" -> "good";
                    case "blocked", "failed" -> "bad";
                    case "pending", "running" -> "wait";
                    case "undetermined" -> "warn";
                    default -> "info";
                };
        return new Row(
                row.path("trackingId").asText(),
                row.path("name").path(language.code()).asText(),
                Moments.moment(row.path("asked").asText(), language),
                shown,
                kind);
    }

    @GetMapping("/portal/requests/{id}")
    String request(@PathVariable String id, Person person, BusApi api, Typed typed, Model model) {
        fill(id(id), person, api, typed, FormErrors.none(), model);
        return "portal/request";
    }

    /** How far it has come, for the page that is open. */
    @GetMapping("/portal/requests/{id}/progress")
    String progress(@PathVariable String id, Person person, BusApi api, Model model) {
        JsonNode progress = api.get(path(id(id)) + "/progress").orFail().body();
        model.addAttribute(
                "progress", ProgressView.of(declaration(api, progress), progress, words.in(person.language())));
        return "portal/request :: sources";
    }

    /** Tells the open page that something has happened; what it is, the page asks for. */
    @GetMapping(path = "/portal/requests/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            @PathVariable String id,
            @RequestParam Optional<String> after,
            @RequestHeader(name = "Last-Event-ID", required = false) Optional<String> last,
            BusApi api)
            throws IOException {
        String from = last.or(() -> after)
                .filter(index -> INDEX.matcher(index).matches())
                .orElse("");
        return RequestStream.open(streams, streamLongest, api, path(id(id)) + "/events", from);
    }

    @PostMapping("/portal/requests/{id}/cancellation")
    ModelAndView cancel(@PathVariable String id, Person person, BusApi api, Model model) {
        UUID request = id(id);
        return acted(request, api.post(path(request) + "/cancellation", Map.of(), Map.of()), person, api, model);
    }

    @PostMapping("/portal/requests/{id}/payment")
    ModelAndView pay(@PathVariable String id, Person person, BusApi api, Model model) {
        UUID request = id(id);
        ApiAnswer answer = api.post("/payments", Map.of("trackingId", request.toString()), Map.of());
        if (answer instanceof ApiAnswer.Given given) {
            return new ModelAndView(
                    "redirect:/portal/payments/" + given.body().path("number").asText());
        }
        return acted(request, answer, person, api, model);
    }

    @PostMapping("/portal/requests/{id}/satisfaction")
    ModelAndView rate(
            @PathVariable String id, @RequestParam Map<String, String> form, Person person, BusApi api, Model model) {
        UUID request = id(id);
        FormErrors errors = FormErrors.none();
        String score = form.getOrDefault("score", "");
        String comment = form.getOrDefault("comment", "").strip();
        if (!score.matches("[1-5]")) {
            errors.add("score-1", "portal.error.score");
        }
        if (comment.length() > LONGEST_COMMENT) {
            errors.add("comment", "portal.error.comment", LONGEST_COMMENT);
        }
        if (errors.isEmpty()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("score", Integer.parseInt(score));
            if (!comment.isEmpty()) {
                body.put("comment", comment);
            }
            ApiAnswer answer = api.post(path(request) + "/satisfaction", body, Map.of());
            if (answer instanceof ApiAnswer.Given) {
                return new ModelAndView("redirect:/portal/requests/" + request + "#satisfaction");
            }
            refused(answer, errors);
        }
        fill(request, person, api, new Typed(form, false), errors, model);
        return new ModelAndView("portal/request", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    /** The statement, made for paper: whoever is handed it looks its code up. */
    @GetMapping("/portal/requests/{id}/statement")
    String statement(@PathVariable String id, Person person, BusApi api, HttpServletRequest http, Model model) {
        UUID request = id(id);
        ApiAnswer.Given given = api.get(path(request)).orFail();
        String code = given.header("Wasl-Verification-Code").orElseThrow(NoSuchPage::new);
        fill(request, person, api, Typed.NOTHING, FormErrors.none(), model);
        String address = ServletUriComponentsBuilder.fromContextPath(http)
                .path("/verify/" + code)
                .build()
                .toUriString();
        model.addAttribute("code", code);
        model.addAttribute("address", address);
        model.addAttribute("qr", QrCode.of(address));
        return "portal/statement";
    }

    private ModelAndView acted(UUID request, ApiAnswer answer, Person person, BusApi api, Model model) {
        if (answer instanceof ApiAnswer.Given) {
            return new ModelAndView("redirect:/portal/requests/" + request);
        }
        FormErrors errors = FormErrors.none();
        refused(answer, errors);
        fill(request, person, api, Typed.NOTHING, errors, model);
        return new ModelAndView("portal/request", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private static void refused(ApiAnswer answer, FormErrors errors) {
        if (answer instanceof ApiAnswer.Refused refused) {
            errors.said(refused.problem().title());
        } else {
            errors.add("", "portal.error.unreachable");
        }
    }

    private void fill(UUID id, Person person, BusApi api, Typed typed, FormErrors errors, Model model) {
        Words.In in = words.in(person.language());
        ApiAnswer answer = api.get(path(id));
        if (answer instanceof ApiAnswer.Unreachable
                || (answer instanceof ApiAnswer.Refused refused
                        && NOT_THEIRS.stream().anyMatch(refused.problem().code()::startsWith))) {
            answer.orFail();
        }
        JsonNode progress = api.get(path(id) + "/progress").orFail().body();
        JsonNode declaration = declaration(api, progress);
        model.addAttribute("id", id.toString());
        model.addAttribute("service", ServiceView.of(declaration, in));
        model.addAttribute("progress", ProgressView.of(declaration, progress, in));
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute("answer", null);
        model.addAttribute("problem", null);
        model.addAttribute("code", "");
        model.addAttribute("openUntil", "");
        model.addAttribute("satisfaction", null);
        model.addAttribute("state", stand(answer, progress, in, model));
        boolean final_ = List.of("answered", "failed").contains(model.getAttribute("state"));
        if (final_ && api.get(path(id) + "/satisfaction") instanceof ApiAnswer.Given given) {
            model.addAttribute("satisfaction", given.body());
        }
    }

    /** How it stands: {@code running}, {@code pending}, {@code answered}, {@code cancelled} or {@code failed}. */
    private String stand(ApiAnswer answer, JsonNode progress, Words.In in, Model model) {
        if (answer instanceof ApiAnswer.Refused refused) {
            model.addAttribute("problem", refused.problem());
            return "wasl.exchange.cancelled".equals(refused.problem().code()) ? "cancelled" : "failed";
        }
        ApiAnswer.Given given = (ApiAnswer.Given) answer;
        if (!given.body().has("overall")) {
            return "running";
        }
        Map<String, String> told = new HashMap<>();
        progress.path("events")
                .forEach(event -> told.put(
                        event.path("messageId").asText(), event.path("at").asText()));
        model.addAttribute("answer", AnswerView.of(given.body(), told, in, texts));
        model.addAttribute("code", given.header("Wasl-Verification-Code").orElse(""));
        given.header("Wasl-Open-Until")
                .ifPresent(until -> model.addAttribute("openUntil", Moments.moment(until, in.language())));
        return given.status() == HttpStatus.OK.value() ? "answered" : "pending";
    }

    private static JsonNode declaration(BusApi api, JsonNode progress) {
        return api.get("/composites/" + progress.path("service").asText())
                .orFail()
                .body();
    }

    private static String path(UUID id) {
        return "/requests/" + id;
    }

    private static UUID id(String id) {
        try {
            UUID read = UUID.fromString(id);
            if (read.toString().equals(id)) {
                return read;
            }
        } catch (IllegalArgumentException none) {
            throw new NoSuchPage();
        }
        throw new NoSuchPage();
    }
}
