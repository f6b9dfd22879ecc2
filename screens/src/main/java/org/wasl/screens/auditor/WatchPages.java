package org.wasl.screens.auditor;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.frame.FormErrors;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.Typed;

/** How it stands with the log, what is unusual in it, what one did oneself, and what people ask. */
@Controller
public final class WatchPages {

    private static final int LEAST_TEXT = 10;
    private static final int MOST_TEXT = 1_000;

    private final Console console;

    public WatchPages(Console console) {
        this.console = console;
    }

    @GetMapping("/auditor/health")
    String health(BusApi api, Language language, Model model) {
        model.addAttribute("health", console.reading(api, "/audit/health", language));
        return "auditor/health";
    }

    @GetMapping("/auditor/trail")
    String trail(@RequestParam Optional<String> before, BusApi api, Language language, Model model) {
        String page = before.filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> "?before=" + text)
                .orElse("");
        model.addAttribute("trail", console.reading(api, "/audit/trail" + page, language));
        return "auditor/trail";
    }

    // Anomalies

    @GetMapping("/auditor/anomalies")
    String askAnomalies(Typed typed, Model model) {
        return anomaliesForm(typed, FormErrors.none(), model);
    }

    private static String anomaliesForm(Typed typed, FormErrors errors, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        return "auditor/anomalies";
    }

    @PostMapping("/auditor/anomalies")
    String anomalies(
            @RequestParam Map<String, String> given,
            BusApi api,
            Language language,
            HttpServletResponse response,
            Model model) {
        FormErrors errors = FormErrors.none();
        Console.reason(given.getOrDefault("reason", ""), errors);
        Map<String, String> period = period(given, errors);
        if (errors.isEmpty()) {
            StringBuilder query = new StringBuilder("/audit/anomalies");
            period.forEach((name, at) -> query.append(query.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(at));
            ApiAnswer answer = api.get(query.toString(), Console.auditReason(given.getOrDefault("reason", "")));
            if (answer instanceof ApiAnswer.Given found) {
                model.addAttribute("found", console.reading(found, language));
                return anomaliesForm(new Typed(plain(given), false), errors, model);
            }
            period(answer, errors);
        }
        response.setStatus(Console.UNPROCESSABLE);
        return anomaliesForm(new Typed(plain(given), false), errors, model);
    }

    @GetMapping("/auditor/families")
    String askFamilies(
            @RequestParam Optional<String> person, @RequestParam Optional<String> service, Typed typed, Model model) {
        Typed filled = typed.restored()
                ? typed
                : new Typed(Map.of("person", person.orElse(""), "service", service.orElse("")), false);
        return familiesForm(filled, FormErrors.none(), model);
    }

    private static String familiesForm(Typed typed, FormErrors errors, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        return "auditor/families";
    }

    @PostMapping("/auditor/families")
    String families(
            @RequestParam Map<String, String> given,
            BusApi api,
            Language language,
            HttpServletResponse response,
            Model model) {
        FormErrors errors = FormErrors.none();
        String reason = given.getOrDefault("reason", "");
        Console.reason(reason, errors);
        Map<String, String> asked = new LinkedHashMap<>(period(given, errors));
        for (String name : new String[] {"person", "service"}) {
            String value = given.getOrDefault(name, "").strip();
            if (value.isEmpty()) {
                errors.add(name, "auditor.families." + name + ".missing");
            }
            asked.put(name, value);
        }
        String family = given.getOrDefault("familyName", "").strip();
        if (!family.isEmpty()) {
            asked.put("familyName", family);
        }
        if (errors.isEmpty()) {
            ApiAnswer answer = api.post("/audit/anomalies/family-names", asked, Console.breakGlass(reason));
            if (answer instanceof ApiAnswer.Given found) {
                model.addAttribute("found", console.reading(found, language));
                return familiesForm(new Typed(plain(given), false), errors, model);
            }
            period(answer, errors);
        }
        response.setStatus(Console.UNPROCESSABLE);
        return familiesForm(new Typed(plain(given), false), errors, model);
    }

    private Map<String, String> period(Map<String, String> given, FormErrors errors) {
        Map<String, String> period = new LinkedHashMap<>();
        String from = given.getOrDefault("from", "").strip();
        String to = given.getOrDefault("to", "").strip();
        Optional<Instant> begin = console.moments().day(from);
        Optional<Instant> end = console.moments().dayAfter(to);
        if (!from.isEmpty() && begin.isEmpty()) {
            errors.add("from", "auditor.date");
        }
        if (!to.isEmpty() && end.isEmpty()) {
            errors.add("to", "auditor.date");
        }
        begin.ifPresent(at -> period.put("from", at.toString()));
        end.ifPresent(at -> period.put("to", at.toString()));
        return period;
    }

    private static void period(ApiAnswer answer, FormErrors errors) {
        if (answer instanceof ApiAnswer.Refused refused
                && "wasl.request.parameter".equals(refused.problem().code())) {
            boolean when = refused.problem().detail().startsWith("from");
            errors.add(when ? "from" : "", when ? "auditor.anomalies.period" : "auditor.families.wrong");
        } else {
            Console.refused(answer, errors);
        }
    }

    private static Map<String, String> plain(Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>(given);
        values.remove("_csrf");
        return values;
    }

    // People's questions

    @GetMapping("/auditor/questions")
    String questions(@RequestParam Map<String, String> given, Typed typed, BusApi api, Language language, Model model) {
        return questions(given, typed, FormErrors.none(), new Told(api, language), model);
    }

    private record Told(BusApi api, Language language) {}

    private String questions(Map<String, String> given, Typed typed, FormErrors errors, Told by, Model model) {
        String state = given.getOrDefault("state", "OPEN");
        String shown = state.equals("ANSWERED") ? state : "OPEN";
        String before = given.getOrDefault("before", "");
        String page = before.matches("[0-9]{1,18}") ? "&before=" + before : "";
        model.addAttribute("page", console.reading(by.api(), "/audit/questions?state=" + shown + page, by.language()));
        model.addAttribute("state", shown);
        model.addAttribute("answered", given.containsKey("answered"));
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute("most", MOST_TEXT);
        return "auditor/questions";
    }

    @PostMapping("/auditor/questions")
    String answer(
            @RequestParam String id,
            @RequestParam String text,
            BusApi api,
            Language language,
            HttpServletResponse response,
            Model model) {
        FormErrors errors = FormErrors.none();
        int characters = text.strip().codePointCount(0, text.strip().length());
        if (characters < LEAST_TEXT || characters > MOST_TEXT) {
            errors.add("text-" + id, "auditor.questions.length", LEAST_TEXT, MOST_TEXT);
        } else {
            ApiAnswer answer =
                    api.post("/audit/questions/" + Console.encoded(id) + "/answer", Map.of("text", text), Map.of());
            if (answer instanceof ApiAnswer.Given) {
                return "redirect:/auditor/questions?answered";
            }
            Console.refused(answer, errors);
        }
        response.setStatus(Console.UNPROCESSABLE);
        Typed typed = new Typed(Map.of("id", id, "text", text), false);
        return questions(Map.of(), typed, errors, new Told(api, language), model);
    }
}
