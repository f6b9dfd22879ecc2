package org.wasl.node.screens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.screens.frame.Language;

/** The portal as a citizen goes through it: looking, asking, following, paying, printing. */
@ExtendWith(Screens.Shared.class)
class PortalIT {

    private static final Duration LATE = Duration.ofSeconds(60);
    private static final String SEND = "main form[action*='/portal/ask/'] button[type=submit]";

    private static void ask(Visitor visitor, String service) {
        visitor.open("/portal/services/" + service);
        visitor.page().click(SEND);
        visitor.page().waitForURL(url -> url.contains("/portal/requests/"));
    }

    private static String tracking(Page page) {
        String path = page.url().replaceAll("[?#].*", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @ParameterizedTest
    @EnumSource
    void catalogue_forAnybody_isSearchedAndSaysWhoIsAskedForWhat(Language language, Screens screens) throws Exception {
        try (Visitor visitor = screens.anybody(language)) {
            Page page = visitor.open("/portal");
            visitor.light("portal-catalogue");
            int all = page.locator(".service").count();
            assertThat(all).isGreaterThan(8);
            visitor.check("portal-catalogue");

            page.fill("#q", language == Language.AR ? "رخصه مركبه" : "vehicle licence");
            page.click(".search-row button");
            assertThat(page.locator(".service").count()).isEqualTo(1);
            page.click(".service-name a");
            assertThat(page.url()).contains("/portal/services/vehicle-licence-renewal");
            assertThat(page.locator(".agency").count()).isEqualTo(3);
            assertThat(page.locator(".why dd").count()).isEqualTo(2);
            assertThat(page.locator(SEND).count())
                    .as("nothing is asked unsigned")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void request_whenSomethingIsOwed_saysWhoSaysSoAndIsPaidAtOnce(Language language, Screens screens) throws Exception {
        try (Visitor visitor = screens.as("citizen-fined", language).mobile()) {
            Page page = visitor.open("/portal/services/general-clearance");
            visitor.light("portal-service");
            visitor.check("portal-service");
            ask(visitor, "general-clearance");
            page.waitForSelector(".outcome-bad");
            String request = tracking(page);

            JsonNode answer = screens.json("citizen-fined", "GET", "/requests/" + request, "");
            String total = answer.path("totalDues").path("value").asText();
            assertThat(page.locator(".total").innerText())
                    .isEqualTo(total + " JOD")
                    .matches("[0-9]+\\.[0-9]{3} JOD");
            BigDecimal sum = page.locator("tbody td.amount").allInnerTexts().stream()
                    .map(amount -> new BigDecimal(amount.replace(" JOD", "")))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).as("by agency").isEqualByComparingTo(total);
            assertThat(page.locator(".source").count())
                    .isEqualTo(answer.path("source").size());
            assertThat(page.locator(".source .provenance").first().textContent())
                    .contains(language == Language.AR ? "الأحوال المدنية" : "Civil Status");
            visitor.check("portal-request-blocked");

            statement(visitor, screens, request);
            satisfaction(visitor, screens, request);

            visitor.open("/portal/requests/" + request);
            page.click(".dues button");
            page.waitForSelector(".bill-number");
            assertThat(page.locator(".bill-total").innerText()).contains(total + " JOD");
            page.waitForSelector(".bill .status-info");
            visitor.check("portal-payment");
            visitor.open("/portal/requests");
            assertThat(page.locator(".row-name a[href$='" + request + "']").count())
                    .isEqualTo(1);
            visitor.check("portal-requests");
        }
    }

    private static void statement(Visitor visitor, Screens screens, String request) throws Exception {
        Page page = visitor.open("/portal/requests/" + request + "/statement");
        visitor.check("portal-statement");
        String code = page.locator(".code").innerText();
        BufferedImage square =
                ImageIO.read(new ByteArrayInputStream(page.locator(".qr").screenshot()));
        int width = square.getWidth();
        int height = square.getHeight();
        int[] pixels = square.getRGB(0, 0, width, height, null, 0, width);
        String read = new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
                .getText();
        assertThat(read).isEqualTo(screens.address() + "/verify/" + code);
    }

    private static void satisfaction(Visitor visitor, Screens screens, String request) throws Exception {
        Page page = visitor.open("/portal/requests/" + request);
        page.click("#satisfaction button");
        assertThat(page.locator("#form-errors").isVisible())
                .as("a number is missing")
                .isTrue();
        page.locator("#score-4").check();
        page.fill("#comment", "واضح جدًا");
        page.click("#satisfaction button");
        page.waitForSelector("#satisfaction p[role=status]");
        assertThat(screens.json("citizen-fined", "GET", "/requests/" + request + "/satisfaction", "")
                        .path("score")
                        .asInt())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void request_whenAnAgencyIsDown_isUsableAndSaysWhatIsMissing(Language language, Screens screens) throws Exception {
        try (Visitor visitor = screens.as("citizen-fined", language).mobile()) {
            screens.api("operator", "PUT", "/samples/agencies/PTAX", "{\"running\":\"false\"}");
            ask(visitor, "general-clearance");
            Page page = visitor.page();
            page.waitForSelector(".missing");
            assertThat(page.locator(".missing").innerText())
                    .contains(language == Language.AR ? "ضريبة الأبنية والأراضي" : "Property tax");
            assertThat(page.locator(".missing .advice").first().innerText()).isNotBlank();
            assertThat(page.locator(".total").innerText())
                    .as("what others say stays")
                    .isEqualTo("300.000 JOD");
            visitor.check("portal-request-partial");
        } finally {
            screens.api("operator", "PUT", "/samples/agencies/PTAX", "{\"running\":\"true\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void request_whenAnAgencyAnswersLater_staysOpenOverSigningOut(Language language, Screens screens) throws Exception {
        try (Visitor visitor = screens.as("citizen-deferred", language).mobile()) {
            ask(visitor, "no-conviction-certificate");
            Page page = visitor.page();
            page.waitForSelector(".outcome-wait .outcome-title");
            page.waitForSelector(".missing");
            String request = tracking(page);
            assertThat(page.locator(".missing .pairs dd").count()).isEqualTo(3);
            visitor.check("portal-request-pending");

            visitor.context().clearCookies();
            visitor.open("/portal/requests/" + request);
            assertThat(page.url()).contains("/login");
            screens.fillSignIn(page, "citizen-deferred");
            page.waitForURL(url -> url.contains("/portal/requests/" + request));
            page.waitForSelector(".missing");

            if (language == Language.AR) {
                page.click(".actions form button");
                page.waitForSelector(".outcome-info");
            } else {
                screens.api("operator", "PUT", "/samples/agencies/MOJ", "{\"reviews\":\"clear\"}");
                page.waitForSelector(".outcome-good", new Page.WaitForSelectorOptions().setTimeout(LATE.toMillis()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void form_whenItIsWrongOrTheSessionHasEnded_losesNothing(Language language, Screens screens) throws Exception {
        try (Visitor visitor = screens.as("citizen", language)) {
            Page page = visitor.open("/portal/services/vehicle-licence-renewal");
            page.fill("#plateNumber", "x");
            Response wrong =
                    page.waitForResponse(response -> response.url().contains("/portal/ask/"), () -> page.click(SEND));
            assertThat(wrong.status()).isEqualTo(422);
            page.waitForSelector("#form-errors");
            assertThat(page.locator("#form-errors a").count()).isEqualTo(2);
            assertThat(page.locator("#plateNumber").inputValue()).isEqualTo("x");
            assertThat(page.locator("#plateCode").getAttribute("aria-describedby"))
                    .contains("plateCode-error");
            visitor.check("portal-service-errors");

            page.fill("#plateCode", "١١");
            page.fill("#plateNumber", "14321");
            visitor.context().clearCookies();
            page.click(SEND);
            page.waitForURL(url -> url.contains("/login"));
            screens.fillSignIn(page, "citizen");
            page.waitForURL(url -> url.contains("/portal/services/"));
            assertThat(page.locator("#plateNumber").inputValue()).isEqualTo("14321");
            assertThat(page.locator(".notice-info").isVisible()).isTrue();

            int before = screens.json("citizen", "GET", "/requests?limit=50", "")
                    .path("requests")
                    .size();
            page.dblclick(SEND);
            page.waitForSelector(".outcome-good");
            assertThat(screens.json("citizen", "GET", "/requests?limit=50", "")
                            .path("requests")
                            .size())
                    .as("a double click is one request")
                    .isEqualTo(before + 1);
        }
    }

    @Test
    void request_withoutJavaScript_isAskedAndFollowed(Screens screens) throws Exception {
        try (Visitor visitor = screens.withoutJavaScript("citizen", Language.AR)) {
            ask(visitor, "property-clearance");
            await().atMost(LATE)
                    .until(() -> visitor.page().locator(".outcome-good").count() == 1);
            assertThat(visitor.page().locator(".source").count()).isEqualTo(3);
        }
    }

    @Test
    void request_byKeyboardAlone_isFoundAskedAndRead(Screens screens) throws Exception {
        try (Visitor visitor = screens.as("citizen", Language.EN)) {
            Page page = visitor.open("/portal");
            tabTo(page, "#q");
            page.keyboard().type("no-conviction");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.contains("q=no-conviction"));
            tabTo(page, ".service-name a");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.contains("/portal/services/no-conviction"));
            tabTo(page, SEND);
            page.keyboard().press("Enter");
            page.waitForSelector(".outcome-good");
            tabTo(page, ".source summary");
            page.keyboard().press("Enter");
            assertThat(page.locator(".source").first().getAttribute("open")).isNotNull();
        }
    }

    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", selector))) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + selector);
    }
}
