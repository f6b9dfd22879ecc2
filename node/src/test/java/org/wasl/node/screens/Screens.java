package org.wasl.node.screens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;
import org.wasl.node.client.TokenClient;
import org.wasl.node.configuration.NodeProcess;
import org.wasl.node.configuration.NodeSettings;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.FreePorts;
import org.wasl.node.identity.DemoUsers;
import org.wasl.screens.frame.Language;

/** One whole node and one browser for all tests of pages in this JVM; tests take it as a parameter. */
public final class Screens implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Gives the tests what they share; closed by JUnit when the last test has ended. */
    public static final class Shared implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(Screens.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Screens.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            if (!Files.isExecutable(CHROMIUM)) {
                throw new TestAbortedException(context.getDisplayName() + " skipped: there is no " + CHROMIUM);
            }
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(Screens.class, key -> started(), Screens.class);
        }

        private static Screens started() {
            try {
                return new Screens();
            } catch (IOException failed) {
                throw new IllegalStateException("the node does not start", failed);
            }
        }
    }

    private final Path data;
    private final NodeProcess node;
    private final Playwright playwright;
    private final Browser browser;
    private final Map<String, String> sessions = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    Screens() throws IOException {
        data = Files.createTempDirectory("wasl-screens");
        DataDirectory directory = new DataDirectory(data);
        directory.create();
        // A small population starts faster, and is enough.
        Files.writeString(data.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 60\n");
        List<Integer> ports = FreePorts.find(3);
        node = NodeProcess.start(
                new NodeSettings(directory, ports.get(0), ports.get(1), ports.get(2), Optional.empty()));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        // As root, in a container, there is no other way; a graphics processor that is only played
                        // costs more than none.
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--font-render-hinting=none")));
    }

    /** Where the pages are, without a slash at the end. */
    public String address() {
        return node.state().portalUrl();
    }

    /** Where health and metrics are. */
    public String managementAddress() {
        return node.state().managementUrl();
    }

    /** The node's data directory. */
    public Path data() {
        return data;
    }

    /** The running node. */
    public NodeProcess node() {
        return node;
    }

    public Browser browser() {
        return browser;
    }

    /** A browser of somebody who is not signed in. */
    public Visitor anybody(Language language) {
        return new Visitor(this, browser.newContext(options(language)), language);
    }

    /** The same with JavaScript switched off. */
    public Visitor withoutJavaScript(String user, Language language) throws IOException {
        Browser.NewContextOptions options = options(language).setJavaScriptEnabled(false);
        options.setStorageState(session(user));
        return new Visitor(this, browser.newContext(options), language);
    }

    /** A browser of this demo user, signed in. */
    public Visitor as(String user, Language language) throws IOException {
        return new Visitor(this, browser.newContext(options(language).setStorageState(session(user))), language);
    }

    private static Browser.NewContextOptions options(Language language) {
        return new Browser.NewContextOptions()
                .setLocale(language == Language.AR ? "ar-JO" : "en-GB")
                .setTimezoneId("Asia/Amman")
                .setViewportSize(1180, 860)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE);
    }

    /** Signs in once, by the form. */
    private String session(String user) throws IOException {
        String known = sessions.get(user);
        if (known != null) {
            return known;
        }
        try (BrowserContext context = browser.newContext(options(Language.EN))) {
            Page page = context.newPage();
            signIn(page, user);
            String state = context.storageState();
            sessions.put(user, state);
            return state;
        }
    }

    /** Goes through the sign-in form as a person would, from the portal. */
    public void signIn(Page page, String user) throws IOException {
        page.navigate(address() + "/sign-in/start/wasl");
        fillSignIn(page, user);
        page.waitForURL(url -> !url.contains("/login") && !url.contains("/sign-in"));
    }

    /** Fills the sign-in form that is open. */
    public void fillSignIn(Page page, String user) throws IOException {
        page.fill("#username", user);
        page.fill("#password", password(user));
        page.click("main button[type=submit]");
    }

    public String password(String user) throws IOException {
        return DemoUsers.passwords(new DataDirectory(data)).get(user);
    }

    /** Calls the API as this user. */
    public HttpResponse<byte[]> api(String user, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token(user))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The same, answered in JSON. */
    public JsonNode json(String user, String method, String path, String body, String... headers) throws Exception {
        return JSON.readTree(api(user, method, path, body, headers).body());
    }

    private String token(String user) throws Exception {
        String token = tokens.get(user);
        if (token == null) {
            token = new TokenClient(node.state().issuer())
                    .token(user, password(user))
                    .orElseThrow();
            tokens.put(user, token);
        }
        return token;
    }

    @Override
    public void close() throws IOException {
        try (NodeProcess ending = node;
                Playwright browsers = playwright) {
            browser.close();
        } finally {
            try (Stream<Path> all = Files.walk(data)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
