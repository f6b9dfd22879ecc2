package org.wasl.node.screens;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.agencies.population.Personas;
import org.wasl.screens.frame.Language;

/** Who looked at my data, and asking about it, as the citizen and then the auditor see it. */
@ExtendWith(Screens.Shared.class)
class CitizenLogIT {

    @ParameterizedTest
    @EnumSource
    void log_whenSomebodyLooked_tellsItInSentencesAndTakesQuestions(Language language, Screens screens)
            throws Exception {
        asked(screens);
        try (Visitor citizen = screens.as("citizen", language);
                Visitor auditor = screens.as("auditor", language)) {
            Page page = citizen.open("/my-data");
            assertThat(page.locator(".use").count()).isPositive();
            assertThat(page.locator(".use-says").first().innerText())
                    .contains(language == Language.AR ? "لغرض" : "Purpose");
            assertThat(page.locator("main").innerText()).doesNotContain(Personas.CLEAN.nationalNumber());
            citizen.light("citizen-log");
            citizen.check("citizen-log");

            page.locator("#purpose").selectOption("GENERAL_CLEARANCE");
            page.locator(".filter button").click();
            assertThat(page.url()).contains("purpose=GENERAL_CLEARANCE");
            assertThat(page.locator(".use").count()).isPositive();
            citizen.open("/my-data?from=2020-01-01&to=2020-01-02");
            assertThat(page.locator(".use").count()).isZero();
            citizen.check("citizen-log-none");
            citizen.open("/my-data?from=2020-01-02&to=2020-01-01");
            assertThat(page.locator("#to-error").isVisible()).isTrue();

            citizen.open("/my-data");
            page.locator(".ask").first().click();
            page.fill("#text", "?");
            page.click("main button[type=submit]");
            assertThat(page.locator("#text-error").isVisible()).isTrue();
            citizen.check("citizen-ask");
            String question = language == Language.AR
                    ? "لماذا احتاج الموظف إلى قيدي المدني في هذا الطلب؟"
                    : "Why did the officer need my civil record for this request?";
            page.fill("#text", question);
            page.click("main button[type=submit]");
            assertThat(page.url()).contains("/my-data/questions");
            assertThat(page.locator(".said").first().innerText()).isEqualTo(question);

            Page other = auditor.open("/auditor/questions");
            assertThat(other.locator(".said").first().innerText()).isEqualTo(question);
            other.locator("main textarea").first().fill("x");
            other.locator("main form button").first().click();
            assertThat(other.locator(".field-error").first().isVisible()).isTrue();
            auditor.check("auditor-questions");
            other.locator("main textarea")
                    .first()
                    .fill(
                            language == Language.AR
                                    ? "كان الطلب طلب براءة ذمة قدّمه موظف الخدمة بطلب منك."
                                    : "It was a general clearance that the officer asked for at your request.");
            other.locator("main form button").first().click();
            assertThat(other.locator(".notice-good").isVisible()).isTrue();

            citizen.open("/my-data/questions");
            assertThat(page.locator(".answer").first().isVisible()).isTrue();
            citizen.check("citizen-questions");
        }
    }

    /** An officer asks about the citizen. */
    private static void asked(Screens screens) throws Exception {
        screens.json(
                "officer",
                "POST",
                "/composites/general-clearance",
                "{\"nationalNumber\":\"" + Personas.CLEAN.nationalNumber() + "\"}",
                "Wasl-Case-Reference",
                "C-2026-17");
    }
}
