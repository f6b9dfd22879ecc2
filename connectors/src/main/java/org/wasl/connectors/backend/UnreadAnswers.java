package org.wasl.connectors.backend;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up when an answer is closed before its end. The HTTP client would read the rest to keep the connection, and an
 * answer that is refused for its size may have no end.
 */
public final class UnreadAnswers implements HttpClientConfigurer {

    /** Its name in Camel's registry. */
    public static final String NAME = "connectorUnreadAnswers";

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.addExecInterceptorFirst("unread-answers", UnreadAnswers::execute);
    }

    private static ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse response = chain.proceed(request, scope);
        HttpEntity entity = response.getEntity();
        if (entity != null && entity.isStreaming()) {
            response.setEntity(new Watched(entity, scope.execRuntime));
        }
        return response;
    }

    private static final class Watched extends HttpEntityWrapper {

        private final ExecRuntime connection;
        private @Nullable InputStream content;

        Watched(HttpEntity entity, ExecRuntime connection) {
            super(entity);
            this.connection = connection;
        }

        @Override
        public InputStream getContent() throws IOException {
            InputStream opened = content;
            if (opened == null) {
                opened = new Body(super.getContent(), connection);
                content = opened;
            }
            return opened;
        }
    }

    private static final class Body extends FilterInputStream {

        private final ExecRuntime connection;
        private boolean done;

        Body(InputStream in, ExecRuntime connection) {
            super(in);
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            done |= octet < 0;
            return octet;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            done |= count < 0;
            return count;
        }

        @Override
        public void close() throws IOException {
            if (done) {
                super.close();
            } else {
                done = true;
                connection.discardEndpoint();
            }
        }
    }
}
