package org.wasl.node.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gets a bearer token from a node's own issuer as a person would: through the login form, by authorization code with
 * PKCE.
 */
public final class TokenClient {

    private static final String CLIENT = "wasl-cli";
    private static final String REDIRECT = "http://127.0.0.1/callback";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String issuer;
    private final HttpClient http;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);

    /** @param issuer the issuer's address, without a slash at the end */
    public TokenClient(String issuer) {
        this.issuer = issuer;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .cookieHandler(cookies)
                .build();
    }

    /**
     * Logs in and gets an access token.
     *
     * @return the token; empty when the issuer refuses name or password
     * @throws IOException when the issuer cannot be reached, or answers something else
     */
    public Optional<String> token(String user, String password) throws IOException, InterruptedException {
        String verifier = random();
        String state = random();
        URI authorize = URI.create(issuer + "/oauth2/authorize?"
                + form(Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        CLIENT,
                        "redirect_uri",
                        REDIRECT,
                        "scope",
                        "openid",
                        "state",
                        state,
                        "code_challenge",
                        challenge(verifier),
                        "code_challenge_method",
                        "S256")));
        get(authorize);
        Matcher csrf = CSRF.matcher(get(URI.create(issuer + "/login")).body());
        if (!csrf.find()) {
            throw new IOException("the issuer shows no login form");
        }
        Map<String, String> login = new LinkedHashMap<>();
        login.put("username", user);
        login.put("password", password);
        login.put("_csrf", csrf.group(1));
        HttpResponse<String> loggedIn = post(URI.create(issuer + "/login"), login);
        if (location(loggedIn).contains("/login")) {
            return Optional.empty();
        }
        Map<String, String> callback = query(location(get(authorize)));
        if (!state.equals(callback.get("state")) || !callback.containsKey("code")) {
            throw new IOException("the issuer gives no authorization code");
        }
        return Optional.of(redeem(callback.get("code"), verifier));
    }

    private String redeem(String code, String verifier) throws IOException, InterruptedException {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("grant_type", "authorization_code");
        request.put("client_id", CLIENT);
        request.put("redirect_uri", REDIRECT);
        request.put("code", code);
        request.put("code_verifier", verifier);
        HttpResponse<String> response = post(URI.create(issuer + "/oauth2/token"), request);
        JsonNode token = JSON.readTree(response.body()).path("access_token");
        if (!token.isTextual()) {
            throw new IOException("the issuer gives no token, status " + response.statusCode());
        }
        return token.asText();
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address).timeout(TIMEOUT).GET().build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(URI address, Map<String, String> fields)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(fields), StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("");
    }

    private static Map<String, String> query(String location) {
        Map<String, String> fields = new LinkedHashMap<>();
        int from = location.indexOf('?');
        for (String pair : location.substring(from + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String random() {
        byte[] octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
