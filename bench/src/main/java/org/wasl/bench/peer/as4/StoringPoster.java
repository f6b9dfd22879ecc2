package org.wasl.bench.peer.as4;

import com.helger.http.header.HttpHeaderMap;
import com.helger.phase4.messaging.http.BasicHttpPoster;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.peer.message.MessageTable;
import org.wasl.bench.peer.message.StoredMessage;

/**
 * Stores each message before it is sent; tuned, it keeps connections alive over messages, where phase4's own makes a
 * client for each.
 */
final class StoringPoster extends BasicHttpPoster implements AutoCloseable {

    private static final int CONNECTIONS = 80;
    private static final int TIMEOUT_SECONDS = 30;

    private final MessageTable table;
    private final @Nullable CloseableHttpClient kept;

    StoringPoster(MessageTable table, boolean keepAlive) {
        this.table = table;
        this.kept = keepAlive ? client() : null;
    }

    private static CloseableHttpClient client() {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setSocketTimeout(Timeout.ofSeconds(TIMEOUT_SECONDS))
                                .build())
                        .build())
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .build();
    }

    @Override
    public <T> @Nullable T sendGenericMessage(
            String url,
            @Nullable HttpHeaderMap headers,
            HttpEntity entity,
            HttpClientResponseHandler<? extends T> handler)
            throws IOException {
        byte[] octets = EntityUtils.toByteArray(entity);
        table.store(new StoredMessage(StoredMessage.SENT, "provider", Receipts.nextRowId(), octets))
                .join();
        HttpEntity repeated = new ByteArrayEntity(octets, ContentType.parse(entity.getContentType()));
        if (kept == null) {
            return super.sendGenericMessage(url, headers, repeated, handler);
        }
        HttpPost post = new HttpPost(url);
        if (headers != null) {
            headers.forEachSingleHeader(post::addHeader, true, false);
        }
        post.setEntity(repeated);
        return kept.execute(post, handler);
    }

    @Override
    public void close() throws IOException {
        if (kept != null) {
            kept.close();
        }
    }
}
