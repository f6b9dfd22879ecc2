package org.wasl.screens.citizen;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
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
import org.wasl.screens.frame.Moments;
import org.wasl.screens.frame.NoSuchPage;
import org.wasl.screens.frame.Reading;
import org.wasl.screens.frame.Typed;

/** Who looked at my data: what the log of every node knows, in plain sentences, and asking about it. */
@Controller
public final class MyDataPages {

    private static final int UNPROCESSABLE = 422;
    private static final int LEAST_TEXT = 10;
    private static final int MOST_TEXT = 1_000;

    /** One request's parts come together within this. */
    private static final Duration TOGETHER = Duration.ofMinutes(11);

    private final Moments moments;
    private final Clock clock;

    public MyDataPages(Moments moments, Clock clock) {
        this.moments = moments;
        this.clock = clock;
    }

    @GetMapping("/my-data")
    String uses(@RequestParam Map<String, String> given, BusApi api, Language language, Model model) {
        UseFilter filter = UseFilter.of(given, moments, clock);
        model.addAttribute("filter", filter);
        if (!filter.errors().isEmpty()) {
            model.addAttribute("state", "wrong");
            return "citizen/uses";
        }
        ApiAnswer answer = api.get("/v2/findUsage?" + filter.query(moments));
        if (answer instanceof ApiAnswer.Refused refused
                && "wasl.usage.incomplete".equals(refused.problem().code())) {
            model.addAttribute("state", "silent");
            return "citizen/uses";
        }
        Reading told = new Reading(answer.orFail().body(), language, moments);
        long total = told.number("totalUsages");
        model.addAttribute("told", told);
        model.addAttribute("total", total);
        model.addAttribute(
                "uses",
                told.all("usages").stream()
                        .map(use -> UseLine.of(use, language))
                        .toList());
        model.addAttribute("state", total == 0 ? filter.isNarrow() ? "none-so" : "none" : "some");
        boolean more = filter.hasMore(total);
        model.addAttribute("newer", filter.page() > 0 ? filter.address(filter.page() - 1) : "");
        model.addAttribute("older", more ? filter.address(filter.page() + 1) : "");
        return "citizen/uses";
    }

    @GetMapping("/my-data/ask")
    String ask(
            @RequestParam String use,
            @RequestParam String at,
            Typed typed,
            BusApi api,
            Language language,
            Model model) {
        return form(new Asked(use, at), typed, FormErrors.none(), new Told(api, language), model);
    }

    @PostMapping("/my-data/ask")
    String send(
            @RequestParam String use,
            @RequestParam String at,
            @RequestParam String text,
            BusApi api,
            Language language,
            HttpServletResponse response,
            Model model) {
        FormErrors errors = FormErrors.none();
        int characters = text.strip().codePointCount(0, text.strip().length());
        if (characters < LEAST_TEXT || characters > MOST_TEXT) {
            errors.add("text", "citizen.ask.length", LEAST_TEXT, MOST_TEXT);
        } else {
            ApiAnswer answer = api.post("/usage/questions", Map.of("use", use, "text", text), Map.of());
            if (answer instanceof ApiAnswer.Given) {
                return "redirect:/my-data/questions?sent";
            }
            if (answer instanceof ApiAnswer.Refused refused) {
                errors.said(refused.problem().title());
            } else {
                errors.add("", "citizen.ask.unreachable");
            }
        }
        response.setStatus(UNPROCESSABLE);
        Typed typed = new Typed(Map.of("text", text), false);
        return form(new Asked(use, at), typed, errors, new Told(api, language), model);
    }

    private record Asked(String use, String at) {}

    private record Told(BusApi api, Language language) {}

    private String form(Asked asked, Typed typed, FormErrors errors, Told by, Model model) {
        Optional<UseLine> use = find(asked, by);
        model.addAttribute("use", use.orElseThrow(NoSuchPage::new));
        model.addAttribute("at", asked.at());
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute("most", MOST_TEXT);
        return "citizen/ask";
    }

    private Optional<UseLine> find(Asked asked, Told by) {
        try {
            Instant at = Instant.parse(asked.at());
            String query = "periodStart=" + UseFilter.encoded(at.toString()) + "&periodEnd="
                    + UseFilter.encoded(at.plus(TOGETHER).toString());
            Reading told =
                    new Reading(by.api().get("/v2/findUsage?" + query).orFail().body(), by.language(), moments);
            return told.all("usages").stream()
                    .map(use -> UseLine.of(use, by.language()))
                    .filter(line -> line.id().equals(asked.use()))
                    .findFirst();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    @GetMapping("/my-data/questions")
    String questions(@RequestParam Optional<String> sent, BusApi api, Language language, Model model) {
        Reading told = new Reading(api.get("/usage/questions").orFail().body(), language, moments);
        model.addAttribute("questions", told.all("questions"));
        model.addAttribute("sent", sent.isPresent());
        return "citizen/questions";
    }
}
