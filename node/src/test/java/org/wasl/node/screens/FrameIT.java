package org.wasl.node.screens;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.screens.frame.Language;

/** What all pages share: signing in and out, languages, errors. */
@ExtendWith(Screens.Shared.class)
class FrameIT {

    @ParameterizedTest
    @EnumSource
    void signIn_whenAPageIsForSomebody_asksAndComesBack(Language language, Screens screens) throws IOException {
        try (Visitor visitor = screens.anybody(language)) {
            Page page = visitor.open("/auditor/nothing-here");
            assertThat(page.url()).contains("/login");
            visitor.open("/login");
            visitor.light("sign-in");
            visitor.check("sign-in");

            page.fill("#username", "auditor");
            page.fill("#password", "wrong");
            page.click("main button[type=submit]");
            assertThat(page.locator(".notice-bad").isVisible()).isTrue();

            screens.fillSignIn(page, "auditor");
            page.waitForURL(url -> url.contains("/auditor/nothing-here"));
            visitor.check("not-found");

            Response forbidden = page.navigate(screens.address() + "/operator");
            assertThat(forbidden.status()).isEqualTo(403);
            assertThat(page.locator("h1").count()).isEqualTo(1);

            page.click(".top-out button");
            page.waitForURL(url -> url.contains("/portal"));
            assertThat(page.locator(".top-out").count()).isZero();
        }
    }

    @Test
    void signIn_whenTheBrowserCameToLocalhost_goesOnWhereTheIssuerKnowsThePages(Screens screens) throws IOException {
        try (Visitor visitor = screens.anybody(Language.EN)) {
            Page page = visitor.page();
            page.navigate(screens.address().replace("127.0.0.1", "localhost") + "/my-data/nothing-here");
            screens.fillSignIn(page, "citizen");
            page.waitForURL(url -> url.equals(screens.address() + "/my-data/nothing-here"));
        }
    }

    @Test
    void page_whenTheLanguageIsChosenOnce_staysInIt(Screens screens) {
        try (Visitor visitor = screens.anybody(Language.EN)) {
            Page page = visitor.page();
            page.navigate(screens.address() + "/login");
            assertThat(page.locator("html").getAttribute("dir")).isEqualTo("ltr");
            page.click(".top-link");
            assertThat(page.locator("html").getAttribute("dir")).isEqualTo("rtl");
            page.navigate(screens.address() + "/portal/nothing-here");
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("ar");
        }
    }
}
