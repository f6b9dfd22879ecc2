package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.frame.Language;

/** What an operator reads: what goes on, who keeps their word, what to look at, how often services are asked. */
@Controller
public final class OperatorPages {

    private static final Set<String> PERIODS = Set.of("1", "24", "168");

    /** The parts of the console; {@code tab} in every page says which one is open. */
    @ModelAttribute("tabs")
    List<String> tabs() {
        return List.of("overview", "league", "alerts", "dead-letters", "webhooks", "adoption");
    }

    @GetMapping("/operator")
    String overview(
            @RequestParam(name = "live", defaultValue = "on") String live, BusApi api, Language language, Model model) {
        show(api, language, model);
        model.addAttribute("live", !live.equals("off"));
        model.addAttribute("tab", "overview");
        return "operator/overview";
    }

    /** The part of the overview that changes. */
    @GetMapping("/operator/live")
    String live(BusApi api, Language language, Model model) {
        show(api, language, model);
        model.addAttribute("live", true);
        return "operator/live :: live";
    }

    private static void show(BusApi api, Language language, Model model) {
        JsonNode answer = api.get("/operation/overview").orFail().body();
        model.addAttribute("overview", Overview.of(answer, language));
        model.addAttribute("alerts", alerts(api, language));
    }

    @GetMapping("/operator/league")
    String league(
            @RequestParam(name = "hours", defaultValue = "24") String hours,
            BusApi api,
            Language language,
            Model model) {
        String period = PERIODS.contains(hours) ? hours : "24";
        JsonNode answer = api.get("/operation/league?hours=" + period).orFail().body();
        model.addAttribute("league", League.of(answer, language));
        model.addAttribute("hours", period);
        model.addAttribute("periods", List.of("1", "24", "168"));
        model.addAttribute("tab", "league");
        return "operator/league";
    }

    @GetMapping("/operator/alerts")
    String alerts(BusApi api, Language language, Model model) {
        model.addAttribute("alerts", alerts(api, language));
        model.addAttribute("tab", "alerts");
        return "operator/alerts";
    }

    private static List<AlertRow> alerts(BusApi api, Language language) {
        return Reading.each(
                api.get("/operation/alerts").orFail().body().path("alerts"), alert -> AlertRow.of(alert, language));
    }

    @GetMapping("/operator/adoption")
    String adoption(BusApi api, Language language, Model model) {
        JsonNode answer = api.get("/statistics").orFail().body();
        model.addAttribute(
                "services",
                Reading.each(
                        answer.path("services"),
                        service -> AdoptionRow.of(service, answer.path("outcomes"), language)));
        model.addAttribute("asOf", Reading.moment(answer.path("asOf").asText()));
        model.addAttribute("complete", answer.path("complete").asBoolean());
        model.addAttribute("synthetic", answer.path("synthetic").asBoolean());
        model.addAttribute("tab", "adoption");
        return "operator/adoption";
    }
}
