package org.wasl.node.screens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.agencies.population.Personas;
import org.wasl.screens.frame.Language;

/** The auditors' console, from the search to the evidence. */
@ExtendWith(Screens.Shared.class)
class AuditorIT {

    private static String reason(Language language) {
        return language == Language.AR ? "شكوى رقم 17 لسنة 2026" : "Complaint 17 of 2026";
    }

    @ParameterizedTest
    @EnumSource
    void console_fromTheSearchToTheEvidence_showsEachStep(Language language, Screens screens) throws Exception {
        String tracking = asked(screens).path("trackingId").asText();
        try (Visitor visitor = screens.as("auditor", language)) {
            search(visitor, language);
            String message = history(visitor, tracking, language);
            opened(visitor, message, language);
            evidence(visitor, message, language);
            watched(visitor, language);
        }
    }

    private static JsonNode asked(Screens screens) throws Exception {
        return screens.json(
                "officer",
                "POST",
                "/composites/general-clearance",
                "{\"nationalNumber\":\"" + Personas.CLEAN.nationalNumber() + "\"}",
                "Wasl-Case-Reference",
                "C-2026-17");
    }

    private static void search(Visitor visitor, Language language) throws Exception {
        Page page = visitor.open("/auditor");
        visitor.light("auditor-search");
        page.fill("#subject", Personas.CLEAN.nationalNumber());
        page.click("main form.card-form button[type=submit]");
        assertThat(page.locator("#reason-error").isVisible()).isTrue();
        assertThat(page.inputValue("#subject")).isEqualTo(Personas.CLEAN.nationalNumber());
        page.fill("#subject", "");
        visitor.check("auditor-search");

        page.fill("#subject", Personas.CLEAN.nationalNumber());
        page.fill("#reason", reason(language));
        page.click("main form.card-form button[type=submit]");
        assertThat(page.locator("main tbody tr").count()).isPositive();
        assertThat(page.locator("main").innerText()).doesNotContain(Personas.CLEAN.nationalNumber());
        visitor.check("auditor-results");

        page.fill("#name", language == Language.AR ? "طلبات هذا الشهر" : "Requests of this month");
        page.click(".keep button");
        assertThat(page.url()).contains("/auditor/saved");
        visitor.check("auditor-saved");
        page.locator(".cards a.btn").first().click();
        assertThat(page.locator(".notice-info").isVisible()).isTrue();
        assertThat(page.inputValue("#subject")).isEmpty();
        visitor.open("/auditor/saved");
        page.locator(".cards form button").first().click();
        page.waitForURL(url -> url.endsWith("/auditor/saved"));

        visitor.open("/auditor");
        page.fill("#reason", reason(language));
        page.fill("#purpose", "NOTHING_OF_THIS");
        page.click("main form.card-form button[type=submit]");
        assertThat(page.locator(".empty").isVisible()).isTrue();
        visitor.check("auditor-results-none");
    }

    /** The id of the first message of the history. */
    private static String history(Visitor visitor, String tracking, Language language) throws Exception {
        Page page = visitor.open("/auditor/request?id=nothing-here");
        page.fill("#reason", reason(language));
        page.click("main button[type=submit]");
        assertThat(page.locator("#id-error").isVisible()).isTrue();
        page.fill("#id", tracking);
        page.click("main button[type=submit]");
        assertThat(page.locator("svg.seq .seq-arrow").count()).isGreaterThanOrEqualTo(8);
        Locator heads = page.locator("svg.seq rect");
        double first = Double.parseDouble(heads.first().getAttribute("x"));
        double last = Double.parseDouble(heads.last().getAttribute("x"));
        assertThat(first > last).as("the first is on the right in Arabic").isEqualTo(language == Language.AR);
        visitor.check("auditor-timeline");
        page.locator("input[name=one]").first().check();
        page.locator("input[name=other]").nth(1).check();
        return page.locator("input[name=one]").first().inputValue();
    }

    private static void opened(Visitor visitor, String message, Language language) throws Exception {
        Page page = visitor.page();
        page.locator("form[action$='/auditor/compare'] button").click();
        visitor.check("auditor-compare-ask");
        page.fill("#reason", reason(language));
        page.click("main button[type=submit]");
        assertThat(page.locator(".differs").count()).isPositive();
        visitor.check("auditor-compare");

        visitor.open("/auditor/message?id=" + message);
        page.click("main button[type=submit]");
        assertThat(page.locator("#reason-error").isVisible()).isTrue();
        visitor.check("auditor-message-ask");
        page.fill("#reason", reason(language));
        page.click("main button[type=submit]");
        assertThat(page.locator("main").innerText()).contains(message);
        page.locator(".more summary").first().click();
        visitor.check("auditor-message");
    }

    private static void evidence(Visitor visitor, String message, Language language) throws Exception {
        Page page = visitor.open("/auditor/evidence?id=" + message);
        page.fill("#reason", reason(language));
        visitor.check("auditor-evidence");
        for (String[] file : new String[][] {{"bundle", "PK"}, {"statement", "%PDF"}}) {
            Download download = page.waitForDownload(() -> page.click("button[value=" + file[0] + "]"));
            byte[] octets = Files.readAllBytes(download.path());
            assertThat(new String(octets, 0, file[1].length(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(file[1]);
        }
    }

    private static void watched(Visitor visitor, Language language) throws Exception {
        Page page = visitor.open("/auditor/health");
        assertThat(page.locator(".figure").count()).isGreaterThanOrEqualTo(3);
        visitor.check("auditor-health");

        visitor.open("/auditor/anomalies");
        page.fill("#reason", reason(language));
        page.click("main form.card-form button[type=submit]");
        assertThat(page.locator("main .cards li").count()).isGreaterThanOrEqualTo(2);
        visitor.check("auditor-anomalies");

        visitor.open("/auditor/families?person=officer-1&service=JO/GOV/CSPD/registry/person-record/v1");
        page.fill("#reason", reason(language));
        page.click("main button[type=submit]");
        assertThat(page.locator(".empty").isVisible()).isTrue();
        visitor.check("auditor-families");

        visitor.open("/auditor/trail");
        assertThat(page.locator("main tbody tr").count()).isPositive();
        assertThat(page.locator("main").innerText())
                .contains(reason(language))
                .doesNotContain(Personas.CLEAN.nationalNumber())
                .contains(language == Language.AR ? "فتحت محتوى" : "Opened content");
        visitor.check("auditor-trail");
    }
}
