package org.wasl.screens.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.frame.FormErrors;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.Moments;

/**
 * The verify page. Files never come here: the page's own script checks them where they are. Codes are looked up here, and
 * what the node answers is checked by the same script.
 */
@Controller
public final class VerifyPages {

    private static final String VIEW = "verify/verify";
    private static final String FIELD = "code";

    /** What a code consists of, however it is typed; the node knows which are codes. */
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z]{1,28}");

    private final List<String> texts = ScriptTexts.keys();

    /**
     * An answer under a code, as the node states it.
     *
     * @param service the service's name
     * @param member the composing member's name
     * @param loggedAt when the answer was logged
     * @param ready {@code yes}, {@code no} or {@code unknown}: whether all that the decision needs was there
     * @param json the node's words, for the script
     */
    public record Found(
            String code,
            String service,
            String member,
            String memberId,
            String replyId,
            String loggedAt,
            String ready,
            String json) {}

    @GetMapping("/verify")
    ModelAndView page(@RequestParam Optional<String> code, Model model, Language language, BusApi api) {
        if (code.isEmpty()) {
            return page(model, api, "", FormErrors.none(), HttpStatus.OK);
        }
        String plain = code.get().replaceAll("[\\s-]", "");
        if (!CODE.matcher(plain).matches()) {
            FormErrors errors = FormErrors.none().add(FIELD, "verify.code.form");
            return page(model, api, code.get(), errors, HttpStatus.UNPROCESSABLE_ENTITY);
        }
        return new ModelAndView("redirect:/verify/" + plain.toUpperCase(Locale.ROOT));
    }

    @GetMapping("/verify/{code}")
    ModelAndView lookUp(@PathVariable String code, Model model, Language language, BusApi api) {
        String plain = code.replace("-", "");
        if (!CODE.matcher(plain).matches()) {
            FormErrors errors = FormErrors.none().add(FIELD, "verify.code.form");
            return page(model, api, code, errors, HttpStatus.NOT_FOUND);
        }
        ApiAnswer answer = api.get("/verification/" + plain);
        if (answer instanceof ApiAnswer.Given given) {
            Found found = found(given.body(), language);
            model.addAttribute("found", found);
            return page(model, api, found.code(), FormErrors.none(), HttpStatus.OK);
        }
        if (answer instanceof ApiAnswer.Refused refused && refused.status() == HttpStatus.NOT_FOUND.value()) {
            FormErrors errors = FormErrors.none().add(FIELD, "verify.code.unknown");
            return page(model, api, code, errors, HttpStatus.NOT_FOUND);
        }
        FormErrors errors = FormErrors.none().add(FIELD, "verify.code.later");
        return page(model, api, code, errors, HttpStatus.SERVICE_UNAVAILABLE);
    }

    private ModelAndView page(Model model, BusApi api, String typed, FormErrors errors, HttpStatus status) {
        ApiAnswer anchors = api.get("/verification/anchors");
        if (anchors instanceof ApiAnswer.Given given) {
            model.addAttribute("site", given.body().toString());
            model.addAttribute(
                    "fingerprint", fingerprint(given.body().path("authority").asText()));
        }
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute("texts", texts);
        return new ModelAndView(VIEW, model.asMap(), status);
    }

    private static Found found(JsonNode answer, Language language) {
        JsonNode ready = answer.path("decisionReady");
        return new Found(
                answer.path("code").asText(),
                label(answer, "serviceName", "service", language),
                label(answer, "memberName", "member", language),
                answer.path("member").asText(),
                answer.path("replyId").asText(),
                Moments.minute(Instant.parse(answer.path("loggedAt").asText()).atZone(ZoneOffset.UTC), language),
                ready.isBoolean() ? ready.asBoolean() ? "yes" : "no" : "unknown",
                answer.toString());
    }

    private static String label(JsonNode answer, String names, String otherwise, Language language) {
        String name = answer.path(names).path(language.code()).asText();
        return name.isEmpty() ? answer.path(otherwise).asText() : name;
    }

    private static String fingerprint(String hexadecimal) {
        return hexadecimal.toUpperCase(Locale.ROOT).replaceAll("..(?!$)", "$0:");
    }
}
