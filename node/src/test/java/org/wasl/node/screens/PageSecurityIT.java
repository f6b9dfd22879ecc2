package org.wasl.node.screens;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.screens.frame.Language;
import org.wasl.screens.frame.ScreenPolicy;

/** What the pages are attacked with: forged forms, planted scripts, frames, redirects, somebody's session. */
@ExtendWith(Screens.Shared.class)
class PageSecurityIT {

    private static Cookie session(Visitor visitor) {
        return visitor.context().cookies().stream()
                .filter(cookie -> "JSESSIONID".equals(cookie.name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void session_whenSignedIn_isANewOneThatNoScriptAndNoOtherSiteCanUse(Screens screens) throws IOException {
        try (Visitor visitor = screens.anybody(Language.EN)) {
            Page page = visitor.open("/my-data");
            String before = session(visitor).value;
            screens.fillSignIn(page, "citizen");
            page.waitForURL(url -> url.contains("/my-data"));

            Cookie after = session(visitor);
            assertThat(after.value).isNotEqualTo(before);
            assertThat(after.httpOnly).isTrue();
            assertThat(after.sameSite).isEqualTo(SameSiteAttribute.LAX);
            assertThat((String) page.evaluate("() => document.cookie + JSON.stringify(localStorage)"))
                    .doesNotContain("eyJ");
        }
    }

    @Test
    void form_whenAnotherSiteSendsIt_changesNothing(Screens screens) throws IOException {
        try (Visitor visitor = screens.as("citizen", Language.EN)) {
            APIResponse forged = visitor.context()
                    .request()
                    .post(
                            screens.address() + "/sign-out",
                            RequestOptions.create().setForm(FormData.create().set("_csrf", "guessed")));
            assertThat(forged.status()).isLessThan(500);

            Page page = visitor.open("/my-data");
            assertThat(page.url()).contains("/my-data");
            assertThat(page.locator(".top-out").count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"})
    void redirect_whateverAFormSaysOfItsPage_staysHere(String elsewhere, Screens screens) throws IOException {
        try (Visitor visitor = screens.as("citizen", Language.EN)) {
            APIResponse answer = visitor.context()
                    .request()
                    .post(
                            screens.address() + "/portal/requests",
                            RequestOptions.create()
                                    .setMaxRedirects(0)
                                    .setForm(FormData.create()
                                            .set("page", elsewhere)
                                            .set("_csrf", "guessed")));
            assertThat(answer.headers().getOrDefault("location", ""))
                    .startsWith(screens.address() + "/portal/requests");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/portal/%3Cscript%3Ealert(1)%3C/script%3E",
                "/portal?q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
                "/verify?code=%22%3E%3Csvg/onload=alert(1)%3E",
                "/login?error=%3Cscript%3Ealert(1)%3C/script%3E",
                "/portal/__$%7BT(java.lang.Runtime).getRuntime()%7D__"
            })
    void page_whateverItsAddressHolds_runsNothingOfIt(String address, Screens screens) {
        try (Visitor visitor = screens.anybody(Language.EN)) {
            boolean[] alerted = {false};
            visitor.page().onDialog(dialog -> {
                alerted[0] = true;
                dialog.dismiss();
            });
            Response response = visitor.page().navigate(screens.address() + address);

            assertThat(response.status()).isLessThan(500);
            assertThat(alerted[0]).isFalse();
            assertThat(visitor.page().locator("img[src=x], svg[onload]").count())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/portal", "/verify", "/login", "/portal/nothing-here"})
    void page_whateverItIs_carriesTheStrictPolicyAndIsKeptNowhere(String path, Screens screens) {
        try (Visitor visitor = screens.anybody(Language.EN)) {
            Map<String, String> headers =
                    visitor.page().navigate(screens.address() + path).headers();
            assertThat(headers)
                    .containsEntry("content-security-policy", ScreenPolicy.CONTENT)
                    .containsEntry("x-frame-options", "DENY")
                    .containsEntry("x-content-type-options", "nosniff")
                    .containsEntry("referrer-policy", "no-referrer");
            assertThat(headers.get("cache-control")).contains("no-store");
            assertThat(ScreenPolicy.CONTENT).doesNotContain("unsafe").contains("frame-ancestors 'none'");
        }
    }
}
