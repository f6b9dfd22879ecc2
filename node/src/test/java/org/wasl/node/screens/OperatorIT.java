package org.wasl.node.screens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.messagelog.MessageLog;
import org.wasl.node.identity.DemoUser;
import org.wasl.node.identity.DemoUsers;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.screens.frame.Language;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.MemberKeys;

/** The operator's console over a node in which one agency is slow and one message was lost. */
@ExtendWith(Screens.Shared.class)
class OperatorIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SubsystemId LICENSING = SubsystemId.parse("JO/GOV/DVLD/licensing");
    private static final ServiceId LIFE = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    private static final Actor SYSTEM =
            new Actor(ActorKind.SYSTEM, AssuranceLevel.SUBSTANTIAL, "licensing-system", null);
    private static final int ASKED = 12;
    private static final int SLOW_MILLIS = 1_200;

    /** One message that nobody could process for each language's walk. */
    private static final Map<Language, Long> LETTERS = new java.util.EnumMap<>(Language.class);

    @BeforeAll
    static void exchange(Screens screens) throws Exception {
        agency(screens, SLOW_MILLIS);
        try {
            List<CompletableFuture<ExchangeResult>> all = new ArrayList<>();
            ExchangeClient bus = screens.node().part(ExchangeClient.class);
            for (int i = 0; i < ASKED; i++) {
                all.add(bus.submit(question(screens)));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        } finally {
            agency(screens, 0);
        }
        screens.api(
                "citizen", "POST", "/composites/general-clearance", "{\"nationalNumber\":\"" + number(screens) + "\"}");
        for (Language language : Language.values()) {
            LETTERS.put(language, deadLetter(screens));
        }
    }

    private static void agency(Screens screens, int delayMillis) throws Exception {
        HttpResponse<byte[]> done =
                screens.api("operator", "PUT", "/samples/agencies/CSPD", "{\"delayMillis\":\"" + delayMillis + "\"}");
        assertThat(done.statusCode()).isEqualTo(200);
    }

    private static String number(Screens screens) {
        return screens.node().part(DemoUsers.class).all().stream()
                .filter(user -> user.name().equals("citizen"))
                .map(DemoUser::nationalNumber)
                .findFirst()
                .orElseThrow();
    }

    private static ExchangeRequest question(Screens screens) {
        return new ExchangeRequest(
                UUID.randomUUID(),
                "operator-" + UUID.randomUUID(),
                LICENSING,
                LIFE,
                Map.of("nationalNumber", number(screens)),
                SYSTEM,
                null,
                "LICENSING",
                "JO-LAW-9-2001",
                "SYSTEM",
                "ar",
                Priority.NORMAL,
                Duration.ofSeconds(20),
                null);
    }

    /** A genuine request that its provider's node could not process, as it would have logged it. */
    private static long deadLetter(Screens screens) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Header header = new Header(
                UUID.randomUUID(),
                "operator-" + UUID.randomUUID(),
                MessageKind.REQUEST,
                LICENSING,
                LICENSING,
                LIFE.subsystem(),
                LIFE,
                "1.1",
                "application/xml",
                null,
                SYSTEM,
                null,
                null,
                "LICENSING",
                "JO-LAW-9-2001",
                "SYSTEM",
                "ar",
                Priority.NORMAL,
                now,
                now.plusSeconds(20),
                null,
                null,
                null);
        Container request = screens.node()
                .part(ContainerSigner.class)
                .sign(
                        header,
                        PayloadXml.query(Map.of("nationalNumber", number(screens)), null),
                        screens.node()
                                .part(MemberKeys.class)
                                .messageKey(LICENSING.member())
                                .orElseThrow());
        MessageLog log = screens.node().part(MessageLog.class);
        Ledger ledger = new Ledger(log, Clock.systemUTC(), Duration.ofSeconds(20));
        ledger.durable(ledger.sent(LICENSING.member(), request, null, null));
        long before = log.size();
        ledger.durable(ledger.refused(LIFE.member(), header, request.octets(), FaultCode.INTERNAL));
        // It is told of once the log's new leaves were looked at.
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> letter(screens, before) >= 0);
        return letter(screens, before);
    }

    private static long letter(Screens screens, long from) throws Exception {
        JsonNode letters = JSON.readTree(screens.api("operator", "GET", "/operation/dead-letters", "")
                        .body())
                .path("deadLetters");
        for (JsonNode letter : letters) {
            if (letter.path("id").asLong() >= from) {
                return letter.path("id").asLong();
            }
        }
        return -1;
    }

    @ParameterizedTest
    @EnumSource
    void console_whenAnAgencyIsSlowAndAMessageWasLost_showsItAndMendsIt(Language language, Screens screens)
            throws Exception {
        try (Visitor visitor = screens.as("operator", language)) {
            Page page = visitor.open("/operator?live=off");
            visitor.light("operator-overview");
            assertThat(page.locator(".op-map .op-link").count()).isGreaterThanOrEqualTo(2);
            assertThat(page.locator(".op-alert").count()).isGreaterThanOrEqualTo(2);
            visitor.check("operator-overview");

            visitor.open("/operator/league?hours=1");
            String slow = page.locator(".op-BROKEN").first().innerText();
            assertThat(slow).contains("JO/GOV/CSPD");
            assertThat(page.locator(".notice-warn").isVisible()).isTrue();
            page.locator(".op-BROKEN details").first().evaluate("details => { details.open = true; }");
            visitor.check("operator-league");

            visitor.open("/operator/alerts");
            assertThat(page.locator(".op-alert", new Page.LocatorOptions().setHasText("JO/GOV/CSPD"))
                            .count())
                    .isGreaterThanOrEqualTo(1);
            visitor.check("operator-alerts");

            visitor.open("/operator/dead-letters");
            visitor.check("operator-dead-letters");
            rerun(visitor, page, LETTERS.get(language));

            visitor.open("/operator/webhooks");
            visitor.check("operator-webhooks");
            visitor.open("/operator/adoption");
            assertThat(page.locator(".op-adoption section").count()).isGreaterThanOrEqualTo(4);
            visitor.check("operator-adoption");
        }
    }

    private static void rerun(Visitor visitor, Page page, long letter) throws Exception {
        visitor.open("/operator/dead-letters/" + letter);
        page.click("main form button[type=submit]");
        assertThat(page.locator("#reason").getAttribute("aria-invalid")).isEqualTo("true");
        visitor.check("operator-dead-letter");
        page.fill("#reason", "نظام الجهة عاد إلى العمل");
        page.click("main form button[type=submit]");
        page.waitForSelector("#rerun-done");
        assertThat(page.locator(".status-good").count()).isEqualTo(1);
        visitor.check("operator-rerun");
    }

    @Test
    void overview_withAndWithoutJavaScript_isLiveOrCanBeRefreshed(Screens screens) throws Exception {
        try (Visitor visitor = screens.as("operator", Language.EN)) {
            Page page = visitor.open("/operator");
            String first = page.locator("#live bdi").first().innerText();
            page.waitForFunction("before => document.querySelector('#live bdi').innerText !== before", first);
            page.click(".op-refresh .needs-js");
            assertThat(page.locator("#live").getAttribute("hx-get")).isNull();
        }
        try (Visitor visitor = screens.withoutJavaScript("operator", Language.AR)) {
            Page page = visitor.open("/operator");
            assertThat(page.locator(".op-refresh .no-js").isVisible()).isTrue();
            assertThat(page.locator(".op-refresh .needs-js").isVisible()).isFalse();
        }
    }

    @Test
    void dashboardAndAlertRules_nameOnlyMetricsThatARunningNodeHas(Screens screens) throws Exception {
        String page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(screens.managementAddress() + "/actuator/prometheus"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Set<String> exposed = names(page, "(?m)^([a-z_]+)[{ ]");
        Path docker = Path.of(System.getProperty("wasl.root"), "docker");
        Set<String> named = names(
                Files.readString(docker.resolve("grafana/wasl.json"))
                        + Files.readString(docker.resolve("prometheus/alerts.yaml")),
                "\\b((?:wasl|jvm|process|system|http_server)_[a-z_]+)\\b");
        assertThat(named).hasSizeGreaterThan(25);
        assertThat(exposed).containsAll(named);
        JsonNode dashboard = JSON.readTree(docker.resolve("grafana/wasl.json").toFile());
        String datasource = Files.readString(docker.resolve("grafana/provisioning/datasources/prometheus.yaml"));
        dashboard.path("panels").forEach(panel -> panel.path("targets").forEach(target -> assertThat(datasource)
                .contains("uid: " + target.path("datasource").path("uid").asText())));
    }

    private static Set<String> names(String text, String pattern) {
        Set<String> names = new TreeSet<>();
        Matcher name = Pattern.compile(pattern).matcher(text);
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }
}
