package org.wasl.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.wasl.faults.site.Address;
import org.wasl.faults.site.Site;
import org.wasl.faults.site.Tokens;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TrustFiles;

/** Agencies' systems and officers, as the edges see them. Safe for many threads. */
public final class Callers {

    /** Who asks at the portal. */
    private static final String OFFICER = "officer";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int UNAUTHORISED = 401;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Site site;
    private final Duration patience;
    private final HttpClient people = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final Map<MemberId, HttpClient> members = new ConcurrentHashMap<>();

    /** @param patience how long anybody waits for an answer */
    public Callers(Site site, Duration patience) {
        this.site = site;
        this.patience = patience;
    }

    /** Signs the officer in, so that nobody is cut off while doing so. */
    void ready() throws IOException, InterruptedException {
        Tokens.bearer(site.portal(), OFFICER);
    }

    /**
     * Asks.
     *
     * @throws IOException when nobody answers
     */
    HttpResponse<byte[]> ask(Question question) throws IOException, InterruptedException {
        Flow flow = question.flow();
        return flow.composite() ? portal(question) : agency(flow, question.key(), question.subject());
    }

    private HttpResponse<byte[]> agency(Flow flow, String key, String subject)
            throws IOException, InterruptedException {
        Address address = site.agency(flow.consumer());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address.url() + "/r1/" + flow.path() + "?nationalNumber=" + subject))
                .timeout(patience)
                .header("X-Road-Client", flow.client())
                .header("X-Road-Id", key)
                .header("X-Road-Issue", key)
                .header("Wasl-Priority", flow.priority())
                .header("Wasl-Purpose", flow.purpose())
                .header("Wasl-Legal-Basis", flow.legalBasis())
                .build();
        return member(flow.consumer(), address.data()).send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> portal(Question question) throws IOException, InterruptedException {
        Address address = site.portal();
        HttpResponse<byte[]> answer = portal(address, question);
        if (answer.statusCode() == UNAUTHORISED) {
            Tokens.forget(address, OFFICER);
            answer = portal(address, question);
        }
        return answer;
    }

    private HttpResponse<byte[]> portal(Address address, Question question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        address.url() + "/composites/" + question.flow().path()))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("Accept", "application/xml")
                .header("Authorization", Tokens.bearer(address, OFFICER))
                .header("Wasl-Case-Reference", "F-" + question.key())
                .header("Idempotency-Key", question.key())
                .POST(HttpRequest.BodyPublishers.ofString("{\"nationalNumber\":\"" + question.subject() + "\"}"))
                .build();
        return people.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Sends octets as a request's body that no well-behaved system would. */
    public int poison(Flow flow, String path, byte[] body) throws IOException, InterruptedException {
        Address address = site.agency(flow.consumer());
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.url() + path))
                .timeout(patience)
                .header("X-Road-Client", flow.client())
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return member(flow.consumer(), address.data())
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The wire code of a refusal; empty when the body is none. */
    static String fault(HttpResponse<byte[]> answer) {
        if (answer.statusCode() < 400) {
            return "";
        }
        try {
            JsonNode problem = JSON.readTree(answer.body());
            return problem == null ? "" : problem.path("code").asText("");
        } catch (IOException noProblem) {
            return "";
        }
    }

    private HttpClient member(MemberId member, Path data) throws IOException {
        HttpClient known = members.get(member);
        if (known != null) {
            return known;
        }
        try {
            HttpClient made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(tls(member, data))
                    .connectTimeout(CONNECT)
                    .build();
            HttpClient other = members.putIfAbsent(member, made);
            return other == null ? made : other;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the client certificate of " + member + " cannot be used", unusable);
        }
    }

    private static SSLContext tls(MemberId member, Path data) throws GeneralSecurityException, IOException {
        TrustFiles files = new TrustFiles(data);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(keyStore(files.trusted(), files.secrets().read(TrustFiles.TRUSTED_SECRET)));
        String password = files.secrets().read("client-" + member.dotted());
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(keyStore(files.client(member).resolve("client.p12"), password), password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore keyStore(Path file, String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    /** The text of a body. */
    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
