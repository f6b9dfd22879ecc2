package org.wasl.security.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches from an address that the registry gave, and from no other: redirections are not followed. Time and size have
 * bounds that hold over the whole exchange, however slowly the other side drips. Safe for many threads.
 */
public final class BoundedHttp {

    private static final int OK = 200;

    /**
     * What the other side answered.
     *
     * @param status the HTTP status
     * @param body what came with it
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    public record Answer(int status, byte[] body) {}

    private final HttpClient client;
    private final Duration timeout;

    /** @param timeout how long one exchange may take in all */
    public BoundedHttp(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Whether that is an address to fetch from; anything else names a file that somebody brings. */
    public static boolean fetches(URI address) {
        return "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
    }

    /**
     * Posts octets and takes the answer's.
     *
     * @throws IOException when there is none of status 200 in time and within the bound
     */
    public byte[] post(URI address, String mediaType, byte[] octets, int maxOctets) throws IOException {
        return succeeded(address, ask(address, mediaType, octets, maxOctets));
    }

    /**
     * Posts octets and takes the answer, whatever its status.
     *
     * @throws IOException when there is none in time and within the bound
     */
    public Answer ask(URI address, String mediaType, byte[] octets, int maxOctets) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", mediaType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(octets))
                .build();
        return send(request, maxOctets);
    }

    /**
     * Gets octets.
     *
     * @throws IOException when there are none of status 200 in time and within the bound
     */
    public byte[] get(URI address, int maxOctets) throws IOException {
        return succeeded(
                address,
                send(HttpRequest.newBuilder(address).timeout(timeout).GET().build(), maxOctets));
    }

    /**
     * Gets an answer, whatever its status.
     *
     * @param headers what is sent along
     * @throws IOException when there is none in time and within the bound
     */
    public Answer get(URI address, Map<String, String> headers, int maxOctets) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(timeout).GET();
        headers.forEach(request::header);
        return send(request.build(), maxOctets);
    }

    private static byte[] succeeded(URI address, Answer answer) throws IOException {
        if (answer.status() != OK) {
            throw new IOException(address + " answers with status " + answer.status());
        }
        return answer.body();
    }

    private Answer send(HttpRequest request, int maxOctets) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, response -> new BoundedBody(maxOctets));
        try {
            HttpResponse<byte[]> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw new IOException(request.uri() + " cannot be reached: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException(request.uri() + " does not answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + request.uri(), e);
        } finally {
            sent.cancel(true);
        }
    }

    /** Takes a body, and hangs up when it is larger than the bound. */
    private static final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

        private final int maxOctets;
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final List<byte[]> parts = new ArrayList<>();
        private int length;
        private Optional<Flow.Subscription> subscription = Optional.empty();

        BoundedBody(int maxOctets) {
            this.maxOctets = maxOctets;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = Optional.of(begun);
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (body.isDone()) {
                    return;
                }
                if (buffer.remaining() > maxOctets - length) {
                    subscription.ifPresent(Flow.Subscription::cancel);
                    parts.clear();
                    body.completeExceptionally(new IOException("the answer is larger than " + maxOctets + " octets"));
                    return;
                }
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                parts.add(part);
                length += part.length;
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            ByteBuffer whole = ByteBuffer.allocate(length);
            parts.forEach(whole::put);
            body.complete(whole.array());
        }
    }
}
