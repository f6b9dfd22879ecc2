package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.wasl.node.identity.Pseudonyms;
import org.wasl.routes.composite.CompositeRequest;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.assertion.AssertedRequest;
import org.wasl.security.assertion.AssertionVerdict;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.Mandate;
import org.wasl.security.assertion.VerifiedAssertion;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.CurrentRegistry;

/** What the identity issuer asserts of a person goes into the request: asked for at the edges, by the real issuer. */
class AssertionEdgesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ServiceId CLEARANCE = ServiceId.parse("JO/GOV/PORTAL/composer/general-clearance/v1");
    private static final String BODY = "{\"nationalNumber\":\"" + EdgeHarness.OWN_NUMBER + "\"}";
    private static final String PERSON = "/r1/" + EdgeHarness.PERSON + "?nationalNumber=9870000001";

    @TempDir
    static Path root;

    private static EdgeHarness edges;

    @BeforeAll
    static void start() throws Exception {
        edges = new EdgeHarness(root);
    }

    @AfterAll
    static void stop() {
        edges.close();
    }

    @Test
    void composite_whenCitizenAsks_carriesTheIssuersAssertionForThisRequest() throws Exception {
        CompositeRequest asked = asked(ask("citizen"));

        VerifiedAssertion verified = verified(asked);
        assertThat(verified.issuer()).isEqualTo(URI.create("urn:wasl:demo-issuer"));
        assertThat(verified.kind()).isEqualTo(ActorKind.CITIZEN);
        assertThat(verified.nationalNumber()).isEqualTo(EdgeHarness.OWN_NUMBER);
        assertThat(verified.mandate()).isNull();
        assertThat(asked.actor().assertionDigest())
                .isEqualTo(AssertionVerifier.digest(String.valueOf(asked.assertion())));
    }

    @Test
    void composite_whenAskedTwice_carriesAnotherAssertion() throws Exception {
        CompositeRequest first = asked(ask("citizen"));
        CompositeRequest second = asked(ask("citizen"));

        assertThat(verdict(first, String.valueOf(second.assertion())))
                .isInstanceOfSatisfying(
                        AssertionVerdict.Refused.class,
                        refused -> assertThat(refused.fault().code()).isEqualTo(FaultCode.ASSERTION_OTHER_REQUEST));
    }

    @Test
    void composite_whenOfficerAsks_assertsAnOfficerWithoutNumber() throws Exception {
        CompositeRequest asked = asked(ask("officer", "Wasl-Case-Reference", "case-12"));

        VerifiedAssertion verified = verified(asked);
        assertThat(verified.kind()).isEqualTo(ActorKind.OFFICER);
        assertThat(verified.nationalNumber()).isNull();
        assertThat(asked.caseReference()).isEqualTo("case-12");
    }

    @Test
    void composite_whenAttorneyAsksForTheirParty_carriesTheMandate() throws Exception {
        String party = mandates("attorney").path(0).path("party").asText();

        CompositeRequest asked = asked(ask("attorney", "Wasl-Represented-Party", party));

        assertThat(asked.representedParty()).isEqualTo(party);
        assertThat(verified(asked).mandate()).isEqualTo(new Mandate(party, EdgeHarness.OWN_NUMBER));
        assertThat(verified(asked).nationalNumber()).isEqualTo("9870000003");
    }

    @Test
    void composite_whenPartyIsNotInTheToken_isRefused() throws Exception {
        String party = mandates("attorney").path(0).path("party").asText();
        assertRefused(ask("citizen", "Wasl-Represented-Party", party), FaultCode.ACCESS_DENIED);
        assertRefused(ask("attorney", "Wasl-Represented-Party", "somebody"), FaultCode.ACCESS_DENIED);
        assertRefused(ask("attorney"), FaultCode.ACCESS_DENIED);
    }

    @Test
    void composite_whenIssuerCannotBeReached_isRefusedAndNothingIsAsked(@TempDir Path other) throws Exception {
        try (EdgeHarness cut = new EdgeHarness(other, "--wasl.identity.token-endpoint=http://127.0.0.1:1/token")) {
            HttpResponse<String> response = cut.portal(
                    "POST",
                    "/composites/general-clearance",
                    BODY,
                    "Authorization",
                    cut.bearer("citizen"),
                    "Content-Type",
                    "application/json");
            assertThat(code(response)).isEqualTo(FaultCode.ASSERTION_UNAVAILABLE.wireCode());
            assertThat(cut.composites.asked).isEmpty();
        }
    }

    @Test
    void issuer_whenTokenIsNotInItsMemory_readsItBack() throws Exception {
        String token = edges.bearer("citizen").substring("Bearer ".length());
        OAuth2AuthorizationService grants = edges.part(OAuth2AuthorizationService.class);
        // As after a restart: tokens outlive it, grants do not.
        grants.remove(grants.findByToken(token, OAuth2TokenType.ACCESS_TOKEN));

        assertThat(grants.findByToken(token, null)).isNull();
        assertThat(exchange(token, secret(), details("citizen", "CITIZEN")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void issuer_whenClientDoesNotProveItself_refuses() throws Exception {
        String token = edges.bearer("citizen").substring("Bearer ".length());
        assertThat(exchange(token, "wasl-portal:guess", details("citizen", "CITIZEN"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(exchange(token, "wasl-cli:", details("citizen", "CITIZEN")).statusCode())
                .isIn(400, 401);
    }

    @Test
    void issuer_whenClientClaimsMoreThanThePersonIs_refuses() throws Exception {
        String token = edges.bearer("citizen").substring("Bearer ".length());
        assertThat(exchange(token, secret(), details("citizen", "CITIZEN")).statusCode())
                .isEqualTo(200);
        assertThat(exchange(token, secret(), details("citizen", "OFFICER")).statusCode())
                .isEqualTo(400);
        assertThat(exchange(token, secret(), details("officer", "CITIZEN")).statusCode())
                .isEqualTo(400);
        assertThat(exchange(token, secret(), "[]").statusCode()).isEqualTo(400);
        assertThat(exchange(token + "x", secret(), details("citizen", "CITIZEN"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void issuer_whenAnAssertionIsTheSubject_refuses() throws Exception {
        String token = edges.bearer("citizen").substring("Bearer ".length());
        String assertion = JSON.readTree(
                        exchange(token, secret(), details("citizen", "CITIZEN")).body())
                .path("access_token")
                .asText();
        assertThat(exchange(assertion, secret(), details("citizen", "CITIZEN")).statusCode())
                .isEqualTo(400);
        HttpResponse<String> asBearer = edges.portal(
                "POST",
                "/composites/general-clearance",
                BODY,
                "Authorization",
                "Bearer " + assertion,
                "Content-Type",
                "application/json");
        assertThat(asBearer.statusCode()).isEqualTo(401);
    }

    @Test
    void agency_whenItBringsAnAssertion_itIsTheActor() throws Exception {
        String token = edges.bearer("officer").substring("Bearer ".length());
        String assertion = JSON.readTree(
                        exchange(token, secret(), details("officer", "OFFICER")).body())
                .path("access_token")
                .asText();

        edges.agency("GET", PERSON, "", headers("Wasl-Assertion", assertion, "X-Road-Issue", "case-9"));

        ExchangeRequest asked = edges.exchange.asked.get(edges.exchange.asked.size() - 1);
        assertThat(asked.assertion()).isEqualTo(assertion);
        assertThat(asked.actor().kind()).isEqualTo(ActorKind.OFFICER);
        assertThat(asked.actor().id()).isEqualTo(asked(ask("officer")).actor().id());
        assertThat(asked.actor().assertionDigest()).isEqualTo(AssertionVerifier.digest(assertion));
        assertThat(asked.caseReference()).isEqualTo("case-9");
    }

    @Test
    void agency_whenTheAssertionCannotBeRead_isRefused() throws Exception {
        int before = edges.exchange.asked.size();
        HttpResponse<String> response = edges.agency("GET", PERSON, "", headers("Wasl-Assertion", "a.b.c"));
        assertThat(code(response)).isEqualTo(FaultCode.ASSERTION_MALFORMED.wireCode());
        assertThat(edges.exchange.asked).hasSize(before);
    }

    private static String[] headers(String... more) {
        List<String> headers = new ArrayList<>(List.of(
                "X-Road-Client",
                EdgeHarness.COURT.toString(),
                "Wasl-Purpose",
                "COURT_CASE",
                "Wasl-Legal-Basis",
                "JO-LAW-9-2001"));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    private static HttpResponse<String> ask(String user, String... headers) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("Authorization", edges.bearer(user), "Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return edges.portal("POST", "/composites/general-clearance", BODY, all.toArray(String[]::new));
    }

    private static CompositeRequest asked(HttpResponse<String> response) throws Exception {
        assertThat(code(response)).isEqualTo(FaultCode.COMPOSITE_DEADLINE.wireCode());
        return edges.composites.asked.get(edges.composites.asked.size() - 1);
    }

    private static void assertRefused(HttpResponse<String> response, FaultCode code) throws Exception {
        assertThat(code(response)).isEqualTo(code.wireCode());
    }

    private static String code(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body()).path("code").asText();
    }

    private static VerifiedAssertion verified(CompositeRequest asked) {
        AssertionVerdict verdict = verdict(asked, String.valueOf(asked.assertion()));
        assertThat(verdict).isInstanceOf(AssertionVerdict.Verified.class);
        return ((AssertionVerdict.Verified) verdict).assertion();
    }

    private static AssertionVerdict verdict(CompositeRequest asked, String assertion) {
        Actor actor = new Actor(
                asked.actor().kind(),
                asked.actor().assurance(),
                asked.actor().id(),
                AssertionVerifier.digest(assertion));
        return edges.part(AssertionVerifier.class)
                .verify(
                        assertion,
                        edges.part(CurrentRegistry.class).get().trusted().issuers(),
                        new AssertedRequest(
                                asked.trackingId().toString(),
                                CLEARANCE,
                                "GENERAL_CLEARANCE",
                                actor,
                                asked.representedParty(),
                                asked.inputs()),
                        Instant.now());
    }

    private static JsonNode mandates(String user) throws Exception {
        String claims = edges.bearer(user).split("\\.", -1)[1];
        return JSON.readTree(Base64.getUrlDecoder().decode(claims)).path("mandates");
    }

    private static String secret() throws Exception {
        return "wasl-portal:" + new TrustFiles(root).secrets().read("portal-client");
    }

    private static String details(String user, String kind) throws Exception {
        return JSON.writeValueAsString(List.of(Map.of(
                "type",
                "urn:wasl:request:1",
                "txn",
                "txn-1",
                "purpose",
                "GENERAL_CLEARANCE",
                "services",
                List.of(CLEARANCE.toString()),
                "inputs",
                Map.of(),
                "actor_kind",
                kind,
                "actor",
                edges.part(Pseudonyms.class).pseudonym("urn:wasl:demo-issuer", user))));
    }

    private static HttpResponse<String> exchange(String token, String client, String details) throws Exception {
        Map<String, String> fields = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                token,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "requested_token_type",
                "urn:ietf:params:oauth:token-type:jwt",
                "audience",
                "JO/GOV/PORTAL",
                "authorization_details",
                details);
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edges.portalPort() + "/oauth2/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Authorization", "Basic " + basic)
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
