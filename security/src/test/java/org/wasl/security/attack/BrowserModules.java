package org.wasl.security.attack;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The verify page's modules in a real browser, which gets them from the files of this project and nothing from anywhere else. */
final class BrowserModules implements AutoCloseable {

    static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final Path ASSETS = Path.of(
            System.getProperty("wasl.root"), "screens", "src", "main", "resources", "org", "wasl", "screens", "assets");
    /** Browsers do cryptography for pages of this machine as for those that come by TLS. */
    private static final String ORIGIN = "http://localhost";

    private final Playwright playwright;
    private final Page page;

    BrowserModules() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        page = browser.newPage();
        page.route("**/*", BrowserModules::answer);
        page.navigate(ORIGIN + "/");
    }

    private static void answer(Route route) {
        String path = URI.create(route.request().url()).getPath();
        Path file = ASSETS.resolve(path.substring(1)).normalize();
        try {
            if (path.endsWith(".js") && file.startsWith(ASSETS)) {
                route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBodyBytes(Files.readAllBytes(file)));
            } else {
                route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<!DOCTYPE html><title>modules</title>"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls a function of a page with this argument, and waits for what it promises. */
    Object call(String function, Object argument) {
        return page.evaluate(function, argument);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
