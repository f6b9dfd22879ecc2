package org.wasl.node.client;

import java.net.http.HttpClient;
import java.time.Duration;

/** The HTTP client with this package's settings: no redirects on its own, no waiting for a dead host. */
final class Http {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private Http() {}

    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }
}
