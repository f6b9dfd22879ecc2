package org.wasl.node.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.wasl.node.client.TokenClient;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.FreePorts;
import org.wasl.node.data.NodeState;
import org.wasl.node.identity.DemoUsers;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TrustFiles;

/** Talks to a node, in this process or another, as agencies and portals do. */
final class RunningNode {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final DataDirectory directory;
    private final NodeState state;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<MemberId, HttpClient> agencies = new ConcurrentHashMap<>();
    private final HttpClient plain = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    RunningNode(DataDirectory directory, NodeState state) {
        this.directory = directory;
        this.state = state;
    }

    /** A small population starts faster, and is enough. */
    static DataDirectory smallDirectory(Path root) throws IOException {
        DataDirectory directory = new DataDirectory(root);
        directory.create();
        Files.writeString(root.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 60\n");
        return directory;
    }

    static NodeSettings settings(DataDirectory directory) throws IOException {
        List<Integer> ports = FreePorts.find(3);
        return new NodeSettings(directory, ports.get(0), ports.get(1), ports.get(2), Optional.empty());
    }

    /** Asks as this demo user. */
    HttpResponse<byte[]> portal(String user, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(state.portalUrl() + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token(user))
                .method(method, publisher(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return plain.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    JsonNode composite(String user, String service, Map<String, String> inputs) throws Exception {
        return composite(user, service, inputs, UUID.randomUUID().toString());
    }

    /** The same under a key of the caller's; with the same key it is the same request. */
    JsonNode composite(String user, String service, Map<String, String> inputs, String key) throws Exception {
        List<String> headers = new ArrayList<>(List.of(caseReference(user)));
        headers.addAll(List.of("Idempotency-Key", key));
        HttpResponse<byte[]> response = portal(
                user,
                "POST",
                "/composites/" + service,
                JSON.writeValueAsString(inputs),
                headers.toArray(String[]::new));
        return JSON.readTree(response.body());
    }

    /** Officers ask for a case, and citizens for themselves. */
    static String[] caseReference(String user) {
        return user.startsWith("officer") ? new String[] {"Wasl-Case-Reference", "C-2026-17"} : new String[0];
    }

    /** Asks over mutual TLS with this member's certificate. */
    HttpResponse<byte[]> agency(MemberId member, String method, String path, String body, String... headers)
            throws Exception {
        HttpClient client = agencies.get(member);
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(tls(member))
                    .build();
            agencies.put(member, client);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(state.agencyUrl() + path))
                .timeout(TIMEOUT)
                .method(method, publisher(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest.BodyPublisher publisher(String body) {
        return body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
    }

    private String token(String user) throws Exception {
        String token = tokens.get(user);
        if (token == null) {
            token = new TokenClient(state.issuer())
                    .token(user, DemoUsers.passwords(directory).get(user))
                    .orElseThrow();
            tokens.put(user, token);
        }
        return token;
    }

    private SSLContext tls(MemberId member) throws Exception {
        TrustFiles files = new TrustFiles(directory.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store(files.trusted(), files.secrets().read(TrustFiles.TRUSTED_SECRET)));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        String password = files.secrets().read("client-" + member.dotted());
        keys.init(store(files.client(member).resolve("client.p12"), password), password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(Path file, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }
}
