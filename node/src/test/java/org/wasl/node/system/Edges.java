package org.wasl.node.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.wasl.node.client.TokenClient;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;
import org.wasl.node.identity.DemoUsers;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TrustFiles;

/** Calls the HTTP edges of a running node, as the portal's users and the agencies' systems do. */
final class Edges {

    static final MemberId COURT = MemberId.parse("JO/GOV/MOJ");
    static final MemberId TRAFFIC = MemberId.parse("JO/GOV/DVLD");
    static final MemberId TAX = MemberId.parse("JO/GOV/PTAX");

    static final String PERSON = "/r1/JO/GOV/CSPD/registry/person-record";

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int RAW_PATIENCE_MILLIS = 20_000;

    private final DataDirectory directory;
    private final NodeState state;
    private final TrustFiles files;
    private final HttpClient portal = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<MemberId, HttpClient> agencies = new ConcurrentHashMap<>();

    Edges(WaslProcess node) {
        directory = node.directory();
        state = node.state();
        files = new TrustFiles(directory.root());
    }

    HttpResponse<byte[]> portal(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        return send(portal, state.portalUrl(), method, path, body, headers);
    }

    HttpResponse<byte[]> portal(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return portal(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    String portalUrl() {
        return state.portalUrl();
    }

    /** Gets what only a bearer may. */
    HttpResponse<byte[]> get(String user, String path) throws Exception {
        return portal("GET", path, "", "Authorization", bearer(user));
    }

    HttpResponse<byte[]> agency(MemberId member, String method, String path, String body, String... headers)
            throws Exception {
        HttpClient client = agencies.get(member);
        if (client == null) {
            client = https(client(member));
            agencies.put(member, client);
        }
        return send(client, state.agencyUrl(), method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Gets what is too large to be held. */
    HttpResponse<InputStream> stream(MemberId member, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(state.agencyUrl() + path)).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return https(client(member)).send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpResponse<byte[]> agency(SSLContext tls, String method, String path, String... headers) throws Exception {
        return send(https(tls), state.agencyUrl(), method, path, new byte[0], headers);
    }

    private static HttpClient https(SSLContext tls) {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    private static HttpResponse<byte[]> send(
            HttpClient client, String base, String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The Authorization header of this demo user. */
    String bearer(String user) throws IOException, InterruptedException {
        String token = tokens.get(user);
        if (token == null) {
            token = new TokenClient(state.issuer())
                    .token(user, DemoUsers.passwords(directory).getOrDefault(user, ""))
                    .orElseThrow();
            tokens.put(user, token);
        }
        return "Bearer " + token;
    }

    /** What this member's client certificate opens. */
    SSLContext client(MemberId member) throws GeneralSecurityException, IOException {
        return tls(
                Optional.of(files.client(member).resolve("client.p12")),
                files.secrets().read("client-" + member.dotted()));
    }

    /** A certificate of the trusted authority that the registry binds to no member: the server's own. */
    SSLContext stranger() throws GeneralSecurityException, IOException {
        return tls(Optional.of(files.server()), files.secrets().read(TrustFiles.SERVER_SECRET));
    }

    /** Trusts the server, presents nothing. */
    SSLContext nobody() throws GeneralSecurityException, IOException {
        return tls(Optional.empty(), "");
    }

    private SSLContext tls(Optional<Path> file, String password) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(keyStore(files.trusted(), files.secrets().read(TrustFiles.TRUSTED_SECRET)));
        KeyManager[] keys = null;
        if (file.isPresent()) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(keyStore(file.get(), password), password.toCharArray());
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore keyStore(Path file, String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    /** Sends octets to the agencies' edge that no well-behaved client would, with this member's certificate. */
    String raw(MemberId member, String request) throws Exception {
        try (Socket socket = client(member)
                .getSocketFactory()
                .createSocket("127.0.0.1", URI.create(state.agencyUrl()).getPort())) {
            return exchange(socket, request);
        }
    }

    /** The same to the portal's edge. */
    String raw(String request) throws IOException {
        try (Socket socket =
                new Socket("127.0.0.1", URI.create(state.portalUrl()).getPort())) {
            return exchange(socket, request);
        }
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout(RAW_PATIENCE_MILLIS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
