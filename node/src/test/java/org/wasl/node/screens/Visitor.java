package org.wasl.node.screens;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.wasl.screens.frame.Language;

/** One person at one browser window. */
public final class Visitor implements AutoCloseable {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    private static final int FIRST_LOAD = 150 * 1024;
    private static final int NARROW = 320;
    private static final int MAX_TABS = 60;

    private final Screens screens;
    private final BrowserContext context;
    private final Language language;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visitor(Screens screens, BrowserContext context, Language language) {
        this.screens = screens;
        this.context = context;
        this.language = language;
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            // A status of 4xx that a page is meant to have is told here, too.
            if ("error".equals(message.type()) && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    public Page page() {
        return page;
    }

    public BrowserContext context() {
        return context;
    }

    /** Opens a page of this path, in this visitor's language. */
    public Page open(String path) {
        page.navigate(screens.address() + path + (path.contains("?") ? "&" : "?") + "lang=" + language.code());
        return page;
    }

    /** As on a telephone. */
    public Visitor mobile() {
        page.setViewportSize(390, 844);
        return this;
    }

    /**
     * Checks the page that is open for what all pages promise, and keeps its picture.
     *
     * @param name the picture's, such as {@code portal-catalogue}
     */
    public void check(String name) throws IOException {
        if (!((Boolean) page.evaluate("() => document.documentElement.classList.contains('js')"))) {
            throw new IllegalStateException("the checks need JavaScript");
        }
        var size = page.viewportSize();
        page.waitForFunction("() => document.fonts.status === 'loaded'");
        frame(name);
        accessible(name);
        // The same elements stand in both languages, in the same colours: once is enough of what takes long.
        if (language == Language.AR) {
            keyboard(name);
        }
        small(name);
        if (language == Language.EN) {
            dark(name);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("main h1").first().isVisible())
                .as("%s prints its heading", name)
                .isTrue();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN).setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(size.width, size.height);
        page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }");
        // Laid out again, and painted.
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Pictures.keep(name + "." + language.code(), page.screenshot(new Page.ScreenshotOptions().setFullPage(true)));
        assertThat(complaints).as("what the browser complains of on %s", name).isEmpty();
    }

    private void frame(String name) {
        assertThat(page.evaluate("() => document.documentElement.lang + ' ' + document.documentElement.dir"))
                .as("language and direction of %s", name)
                .isEqualTo(language.code() + " " + language.direction());
        assertThat(page.locator("h1").count()).as("headings of %s", name).isEqualTo(1);
        assertThat(page.title()).as("title of %s", name).isNotBlank().doesNotContain("??");
        String text = page.locator("body").innerText();
        assertThat(text).as("texts of %s", name).doesNotContain("??");
        assertThat(Pattern.compile("[\\u0660-\\u0669]").matcher(text).find())
                .as("Western digits on %s", name)
                .isFalse();
        // Taking a picture leaves empty ones at fields.
        assertThat(
                        page.locator("[style]:not(svg *):not([data-scripted] *)")
                                .evaluateAll(
                                        "all => all.filter(e => e.getAttribute('style') !== '' && !e.closest('[data-scripted]')).length"))
                .as("inline styles of %s", name)
                .isEqualTo(0);
    }

    private void accessible(String name) {
        AxeResults results = new AxeBuilder(page).withTags(RULES).analyze();
        assertThat(results.getViolations().stream()
                        .map(violation -> violation.getId() + ": " + violation.getHelp() + " "
                                + violation.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .limit(4)
                                        .toList())
                        .toList())
                .as("accessibility of %s", name)
                .isEmpty();
    }

    /** Everything that can be used is reached by the keyboard, in order, and is seen when it is. */
    private void keyboard(String name) {
        // From the beginning, wherever the focus was before.
        page.evaluate(
                "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); window.scrollTo(0, 0); }");
        Object usable = page.evaluate("""
                () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
                  .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}) && !e.closest('[inert]')
                    && !(e.type === 'radio' && e.name && [...document.querySelectorAll('input[type=radio]')].some(o => o !== e && o.name === e.name && (o.checked || (!document.querySelector(`input[name="${e.name}"]:checked`) && o.compareDocumentPosition(e) & 4)))))
                  .length
                """);
        int expected = Math.min(((Number) usable).intValue(), MAX_TABS);
        // A day's field has stops within: day, month, year, and the calendar.
        int days = page.locator("input[type=date]:visible").count();
        page.evaluate("() => { window.__reached = new Set(); }");
        for (int i = 0; i < expected + 3 * days; i++) {
            page.keyboard().press("Tab");
            Object seen = page.evaluate("""
                    () => { const e = document.activeElement; window.__reached.add(e); const b = e.getBoundingClientRect();
                      const s = getComputedStyle(e); return e !== document.body && (b.width * b.height === 0 || s.outlineStyle !== 'none' || s.boxShadow !== 'none' || e.matches('.skip')); }
                    """);
            assertThat(seen)
                    .as(
                            "focus is seen at stop %d of %s, %s",
                            i + 1, name, page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)"))
                    .isEqualTo(true);
        }
        int reached = ((Number) page.evaluate("() => window.__reached.size")).intValue();
        assertThat(reached).as("what the keyboard reaches on %s", name).isGreaterThanOrEqualTo(expected - 1);
    }

    private void small(String name) {
        page.setViewportSize(NARROW, 800);
        assertThat(((Number) page.evaluate("() => document.documentElement.scrollWidth")).intValue())
                .as(
                        "width of %s on a small screen; too wide: %s",
                        name,
                        page.evaluate(
                                "() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 322 || e.getBoundingClientRect().left < -2).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"))
                .isLessThanOrEqualTo(NARROW);
    }

    private void dark(String name) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForFunction("() => document.documentElement.dataset.bsTheme === 'dark'");
        AxeResults results =
                new AxeBuilder(page).withRules(List.of("color-contrast")).analyze();
        assertThat(results.getViolations().stream()
                        .flatMap(violation -> violation.getNodes().stream())
                        .map(node -> node.getHtml())
                        .limit(4)
                        .toList())
                .as("contrast of %s in the dark", name)
                .isEmpty();
    }

    /** What the page that is open needs at a first visit, as it comes over the wire. */
    public int weight() {
        Number octets = (Number) page.evaluate("""
                () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)
                """);
        return octets.intValue();
    }

    /** A first visit of this page is light. */
    public void light(String name) {
        assertThat(weight()).as("octets of %s at a first visit", name).isLessThan(FIRST_LOAD);
    }

    @Override
    public void close() {
        context.close();
    }
}
