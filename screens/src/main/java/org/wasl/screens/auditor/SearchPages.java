package org.wasl.screens.auditor;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.frame.FormErrors;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.Reading;
import org.wasl.screens.frame.Typed;

/** Searching the log's metadata, and the searches that an auditor keeps. */
@Controller
public final class SearchPages {

    private static final List<String> CRITERIA =
            List.of("consumer", "provider", "service", "purpose", "person", "status", "refusalCode", "correlationId");

    private static final List<String> CRITERIA_AND_PERIOD = List.of(
            "consumer",
            "provider",
            "service",
            "purpose",
            "person",
            "status",
            "refusalCode",
            "correlationId",
            "from",
            "to");

    private final Console console;

    public SearchPages(Console console) {
        this.console = console;
    }

    @GetMapping("/auditor")
    String form(@RequestParam Optional<String> saved, Typed typed, BusApi api, Language language, Model model) {
        Typed given = typed;
        List<Reading> searches =
                console.reading(api, "/audit/saved-searches", language).all("searches");
        Optional<Reading> wanted = saved.flatMap(id ->
                searches.stream().filter(search -> search.text("id").equals(id)).findFirst());
        if (wanted.isPresent() && !typed.restored()) {
            given = filled(wanted.get());
            model.addAttribute("savedName", wanted.get().text("name"));
            model.addAttribute("askSubject", wanted.get().is("withSubject"));
        }
        return page(given, FormErrors.none(), searches, model);
    }

    private Typed filled(Reading saved) {
        Map<String, String> values = new LinkedHashMap<>(saved.members("criteria"));
        values.computeIfPresent("from", (name, at) -> console.moments().field(at));
        values.computeIfPresent("to", (name, at) -> console.moments().field(at));
        return new Typed(values, false);
    }

    private static String page(Typed typed, FormErrors errors, List<Reading> searches, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute("searches", searches);
        return "auditor/search";
    }

    /** Shown as the answer to the form itself: an address with what is searched for would stand in logs. */
    @PostMapping("/auditor/search")
    String search(
            @RequestParam Map<String, String> given,
            BusApi api,
            Language language,
            HttpServletResponse response,
            Model model) {
        FormErrors errors = FormErrors.none();
        Map<String, Object> search = search(given, errors);
        Typed typed = typed(given);
        if (errors.isEmpty()) {
            ApiAnswer answer = api.post("/audit/searches", search, Map.of());
            if (answer instanceof ApiAnswer.Given found) {
                Reading page = console.reading(found, language);
                model.addAttribute("leaves", page.all("leaves"));
                model.addAttribute("next", page.text("next"));
                model.addAttribute("continued", search.containsKey("cursor"));
                model.addAttribute("typed", typed);
                model.addAttribute("errors", errors);
                return "auditor/results";
            }
            told(answer, errors);
        }
        response.setStatus(Console.UNPROCESSABLE);
        return page(typed, errors, List.of(), model);
    }

    private static void told(ApiAnswer answer, FormErrors errors) {
        if (answer instanceof ApiAnswer.Refused refused
                && "wasl.request.parameter".equals(refused.problem().code())) {
            String detail = refused.problem().detail();
            CRITERIA.stream()
                    .filter(name -> detail.startsWith(name + " "))
                    .findFirst()
                    .ifPresentOrElse(
                            name -> errors.add(name, "auditor.search." + name + ".wrong"),
                            () -> errors.said(refused.problem().title()));
        } else {
            Console.refused(answer, errors);
        }
    }

    private Map<String, Object> search(Map<String, String> given, FormErrors errors) {
        Map<String, Object> search = new LinkedHashMap<>();
        String reason = given.getOrDefault("reason", "");
        Console.reason(reason, errors);
        search.put("reason", reason.strip());
        for (String name : CRITERIA) {
            put(search, name, given.getOrDefault(name, "").strip());
        }
        String subject = given.getOrDefault("subject", "").strip();
        put(search, "subject", subject);
        if (!subject.isEmpty() && reason.contains(subject)) {
            errors.add("reason", "auditor.reason.subject");
        }
        put(search, "caseReference", given.getOrDefault("caseReference", "").strip());
        if (given.containsKey("investigation")) {
            if (!search.containsKey("caseReference")) {
                errors.add("caseReference", "auditor.search.caseReference.missing");
            }
            search.put("investigation", true);
        }
        day(given, "from", errors)
                .flatMap(text -> console.moments().day(text))
                .ifPresent(at -> search.put("from", at.toString()));
        day(given, "to", errors)
                .flatMap(text -> console.moments().dayAfter(text))
                .ifPresent(at -> search.put("to", at.toString()));
        put(search, "cursor", given.getOrDefault("cursor", ""));
        return search;
    }

    private Optional<String> day(Map<String, String> given, String name, FormErrors errors) {
        String text = given.getOrDefault(name, "").strip();
        if (!text.isEmpty() && console.moments().day(text).isEmpty()) {
            errors.add(name, "auditor.date");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static void put(Map<String, Object> search, String name, String value) {
        if (!value.isEmpty()) {
            search.put(name, value);
        }
    }

    private static Typed typed(Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>(given);
        values.remove("_csrf");
        values.remove("cursor");
        return new Typed(values, false);
    }

    @PostMapping("/auditor/saved")
    String save(
            @RequestParam Map<String, String> given,
            BusApi api,
            HttpServletResponse response,
            Language language,
            Model model) {
        FormErrors errors = FormErrors.none();
        Map<String, Object> search = search(given, FormErrors.none());
        search.keySet().retainAll(CRITERIA_AND_PERIOD);
        search.put("name", given.getOrDefault("name", "").strip());
        search.put("withSubject", !given.getOrDefault("subject", "").isBlank());
        ApiAnswer answer = api.post("/audit/saved-searches", search, Map.of());
        if (answer instanceof ApiAnswer.Given) {
            return "redirect:/auditor/saved?kept";
        }
        if (answer instanceof ApiAnswer.Refused refused
                && "wasl.request.parameter".equals(refused.problem().code())) {
            errors.add("name", "auditor.saved.name.wrong");
        } else {
            Console.refused(answer, errors);
        }
        response.setStatus(Console.UNPROCESSABLE);
        model.addAttribute("typed", typed(given));
        return saved(api, language, errors, false, model);
    }

    @GetMapping("/auditor/saved")
    String saved(@RequestParam Optional<String> kept, BusApi api, Language language, Model model) {
        model.addAttribute("typed", Typed.NOTHING);
        return saved(api, language, FormErrors.none(), kept.isPresent(), model);
    }

    private String saved(BusApi api, Language language, FormErrors errors, boolean kept, Model model) {
        model.addAttribute(
                "searches",
                console.reading(api, "/audit/saved-searches", language).all("searches"));
        model.addAttribute("errors", errors);
        model.addAttribute("kept", kept);
        return "auditor/saved";
    }

    @PostMapping("/auditor/saved/{id}/removal")
    String remove(@PathVariable String id, BusApi api) {
        api.post("/audit/saved-searches/" + Console.encoded(id) + "/removal", Map.of(), Map.of())
                .orFail();
        return "redirect:/auditor/saved";
    }
}
