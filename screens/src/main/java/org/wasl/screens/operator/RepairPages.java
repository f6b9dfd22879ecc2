package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.frame.FormErrors;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.NoSuchPage;
import org.wasl.screens.frame.Typed;

/** What an operator sets going again: messages that nobody could process, answers that could not be handed on. */
@Controller
public final class RepairPages {

    private static final Pattern LEAF = Pattern.compile("[0-9]{1,17}");
    private static final Pattern CURSOR = Pattern.compile("[0-9]{0,18}");
    private static final Pattern REQUEST = Pattern.compile("[0-9a-fA-F-]{36}");
    private static final int MAX_REASON = 500;

    /** The parts of the console. */
    @ModelAttribute("tabs")
    List<String> tabs() {
        return List.of("overview", "league", "alerts", "dead-letters", "webhooks", "adoption");
    }

    @GetMapping("/operator/dead-letters")
    String deadLetters(
            @RequestParam(name = "before", defaultValue = "") String before,
            BusApi api,
            Language language,
            Model model) {
        String from = CURSOR.matcher(before).matches() && !before.isEmpty() ? "&before=" + before : "";
        JsonNode page =
                api.get("/operation/dead-letters?limit=25" + from).orFail().body();
        model.addAttribute(
                "letters", Reading.each(page.path("deadLetters"), letter -> DeadLetterRow.of(letter, language)));
        model.addAttribute("next", page.path("next").asText(""));
        model.addAttribute("tab", "dead-letters");
        return "operator/dead-letters";
    }

    /** One of them, with what came of asking again, or the form that asks. */
    @GetMapping("/operator/dead-letters/{id}")
    String deadLetter(@PathVariable("id") String id, BusApi api, Language language, Typed typed, Model model) {
        show(id, api, language, model);
        model.addAttribute("typed", typed);
        model.addAttribute("errors", FormErrors.none());
        return "operator/dead-letter";
    }

    @PostMapping("/operator/dead-letters/{id}")
    ModelAndView rerun(
            @PathVariable("id") String id,
            @RequestParam(name = "reason", defaultValue = "") String reason,
            BusApi api,
            Language language,
            Model model) {
        String stated = reason.strip();
        FormErrors errors = FormErrors.none();
        if (!LEAF.matcher(id).matches()) {
            throw new NoSuchPage();
        }
        if (stated.isEmpty()) {
            errors.add("reason", "operator.rerun.reason.missing");
        } else if (stated.length() > MAX_REASON) {
            errors.add("reason", "operator.rerun.reason.long", MAX_REASON);
        } else if (api.post("/operation/dead-letters/" + id + "/rerun", Map.of("reason", stated), Map.of())
                instanceof ApiAnswer.Refused refused) {
            errors.said(refused.problem().title() + ". " + refused.problem().detail());
        } else {
            return new ModelAndView("redirect:/operator/dead-letters/" + id);
        }
        show(id, api, language, model);
        model.addAttribute("typed", new Typed(Map.of("reason", reason), false));
        model.addAttribute("errors", errors);
        return new ModelAndView("operator/dead-letter", HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private static void show(String id, BusApi api, Language language, Model model) {
        if (!LEAF.matcher(id).matches()) {
            throw new NoSuchPage();
        }
        JsonNode page = api.get("/operation/dead-letters?limit=1&before=" + (Long.parseLong(id) + 1))
                .orFail()
                .body();
        DeadLetterRow letter = Reading.each(page.path("deadLetters"), one -> DeadLetterRow.of(one, language)).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(NoSuchPage::new);
        model.addAttribute("letter", letter);
        model.addAttribute("tab", "dead-letters");
    }

    @GetMapping("/operator/webhooks")
    String webhooks(@RequestParam(name = "tried", defaultValue = "") String tried, BusApi api, Model model) {
        JsonNode answer = api.get("/webhooks/undelivered").orFail().body();
        model.addAttribute("undelivered", Reading.each(answer.path("undelivered"), WebhookRow::of));
        model.addAttribute("tried", tried);
        model.addAttribute("tab", "webhooks");
        return "operator/webhooks";
    }

    @PostMapping("/operator/webhooks/{id}")
    String again(@PathVariable("id") String id, BusApi api) {
        if (!REQUEST.matcher(id).matches()) {
            throw new NoSuchPage();
        }
        ApiAnswer answer = api.post("/webhooks/undelivered/" + id, Map.of(), Map.of());
        return "redirect:/operator/webhooks?tried=" + (answer instanceof ApiAnswer.Given ? "yes" : "no");
    }
}
