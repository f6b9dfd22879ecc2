package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.wasl.screens.api.ApiAnswer;
import org.wasl.screens.api.BusApi;
import org.wasl.screens.frame.FormErrors;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.NoSuchPage;
import org.wasl.screens.frame.Person;
import org.wasl.screens.frame.Typed;

/** The catalogue, a service before it is asked, and asking it. */
@Controller
public final class ServicePages {

    private static final Pattern CODE = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int LONGEST_SEARCH = 100;

    /** The field under which the form carries the key that makes a double click one request. */
    private static final String KEY_FIELD = "key";

    private static final String CASE_FIELD = "caseReference";
    private static final Pattern CASE = Pattern.compile("[A-Za-z0-9._:/@+=-]{1,200}");

    private final Words words;

    public ServicePages(Words words) {
        this.words = words;
    }

    @GetMapping("/portal")
    String catalogue(
            @RequestParam Optional<String> q,
            @RequestParam Optional<String> filter,
            Person person,
            BusApi api,
            Model model) {
        List<ServiceCard> all = cards(api, person.language());
        String looked = q.orElse("").strip();
        String shown = looked.length() > LONGEST_SEARCH ? looked.substring(0, LONGEST_SEARCH) : looked;
        String chosen = filter.orElse("");
        List<ServiceCard> found = all.stream()
                .filter(card -> shown.isEmpty() || card.matches(shown))
                .filter(card -> !"free".equals(chosen) || card.fees().isEmpty())
                .filter(card -> !"full".equals(chosen)
                        || card.automated() == card.flags().size())
                .toList();
        model.addAttribute("services", found);
        model.addAttribute("total", all.size());
        model.addAttribute(
                "visits", all.stream().mapToInt(ServiceCard::visitsSaved).sum());
        model.addAttribute("q", shown);
        model.addAttribute("filter", chosen);
        return "portal/catalogue";
    }

    @GetMapping("/portal/services/{service}")
    String service(@PathVariable String service, Person person, BusApi api, Typed typed, Model model) {
        fill(service, person, api, typed, FormErrors.none(), model);
        return "portal/service";
    }

    /** Where signing in leads back to, and a form that was loaded again. */
    @GetMapping("/portal/ask/{service}")
    String asked(@PathVariable String service) {
        return "redirect:/portal/services/" + code(service);
    }

    @PostMapping("/portal/ask/{service}")
    ModelAndView ask(
            @PathVariable String service,
            @RequestParam Map<String, String> form,
            Person person,
            BusApi api,
            HttpServletRequest request,
            Model model) {
        ServiceView view = view(service, api, person.language());
        Map<String, String> inputs = new LinkedHashMap<>();
        FormErrors errors = FormErrors.none();
        for (InputField field : view.inputs()) {
            String value = InputField.normal(form.getOrDefault(field.name(), ""));
            String wrong = field.wrong(value);
            if (!wrong.isEmpty()) {
                errors.add(
                        field.name(),
                        wrong,
                        field.label(),
                        field.form().least(),
                        field.form().most());
            } else if (!value.isEmpty()) {
                inputs.put(field.name(), value);
            }
        }
        Map<String, String> headers = headers(form, person, request, errors);
        if (errors.isEmpty()) {
            ApiAnswer answer = api.post("/composites/" + view.code(), inputs, headers);
            if (answer instanceof ApiAnswer.Given given) {
                return new ModelAndView("redirect:/portal/requests/" + tracking(given));
            }
            refused(answer, errors);
        }
        fill(service, person, api, new Typed(form, false), errors, model);
        return new ModelAndView("portal/service", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private static Map<String, String> headers(
            Map<String, String> form, Person person, HttpServletRequest request, FormErrors errors) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Prefer", "respond-async");
        headers.put("Wasl-Channel", isTelephone(request) ? "MOBILE" : "WEB");
        String key = form.getOrDefault(KEY_FIELD, "");
        headers.put(
                "Idempotency-Key",
                KEY.matcher(key).matches() ? key : UUID.randomUUID().toString());
        if (person.is("OFFICER")) {
            String reference = form.getOrDefault(CASE_FIELD, "").strip();
            if (CASE.matcher(reference).matches()) {
                headers.put("Wasl-Case-Reference", reference);
            } else {
                errors.add(CASE_FIELD, "portal.error.case");
            }
        }
        return headers;
    }

    private static boolean isTelephone(HttpServletRequest request) {
        String browser = request.getHeader("User-Agent");
        return browser != null && browser.contains("Mobi");
    }

    private static void refused(ApiAnswer answer, FormErrors errors) {
        if (answer instanceof ApiAnswer.Refused refused) {
            errors.said(refused.problem().title());
        } else {
            errors.add("", "portal.error.unreachable");
        }
    }

    private static String tracking(ApiAnswer.Given given) {
        String tracked = given.body().path("trackingId").asText("");
        return UUID.fromString(tracked).toString();
    }

    private void fill(String service, Person person, BusApi api, Typed typed, FormErrors errors, Model model) {
        ServiceView view = view(service, api, person.language());
        Optional<ServiceCard> card = cards(api, person.language()).stream()
                .filter(one -> one.code().equals(view.code()))
                .findFirst();
        Map<String, String> values = new LinkedHashMap<>();
        for (InputField field : view.inputs()) {
            String own = field.subject() ? person.nationalNumber().orElse("") : "";
            values.put(field.name(), typed.value(field.name(), own));
        }
        values.put(CASE_FIELD, typed.value(CASE_FIELD));
        model.addAttribute("service", view);
        model.addAttribute("card", card.orElse(null));
        model.addAttribute("values", values);
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute("key", typed.value(KEY_FIELD, UUID.randomUUID().toString()));
        model.addAttribute("asks", person.is("OFFICER") || (person.is("CITIZEN") && view.forCitizens()));
        model.addAttribute("officer", person.is("OFFICER"));
        model.addAttribute("own", person.nationalNumber().isPresent());
    }

    private ServiceView view(String service, BusApi api, Language language) {
        JsonNode declaration = api.get("/composites/" + code(service)).orFail().body();
        return ServiceView.of(declaration, words.in(language));
    }

    private static String code(String service) {
        if (!CODE.matcher(service).matches()) {
            throw new NoSuchPage();
        }
        return service;
    }

    private static List<ServiceCard> cards(BusApi api, Language language) {
        List<ServiceCard> cards = new ArrayList<>();
        api.get("/catalogue")
                .orFail()
                .body()
                .path("services")
                .forEach(entry -> cards.add(ServiceCard.of(entry, language)));
        return cards;
    }
}
