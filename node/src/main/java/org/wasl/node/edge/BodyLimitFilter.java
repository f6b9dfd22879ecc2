package org.wasl.node.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.wasl.node.edge.problem.Problem;
import org.wasl.node.edge.problem.ProblemResponses;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/** Bounds what a body may hold and how long it may take to come, whoever reads it. */
public final class BodyLimitFilter extends OncePerRequestFilter {

    private final long maxBytes;
    private final Duration maxDuration;

    /**
     * @param maxBytes the most octets a body may have
     * @param maxDuration how long it may take to arrive, from the first read on
     */
    public BodyLimitFilter(long maxBytes, Duration maxDuration) {
        this.maxBytes = maxBytes;
        this.maxDuration = maxDuration;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > maxBytes) {
            ProblemResponses.write(request, response, Problem.atEdge(FaultCode.REQUEST_OVERSIZED, tooLarge()), null);
            return;
        }
        chain.doFilter(new BoundedRequest(request), response);
    }

    private String tooLarge() {
        return "A body may have at most " + maxBytes + " bytes.";
    }

    /** A request whose body ends in a refusal once a bound is passed. */
    private final class BoundedRequest extends HttpServletRequestWrapper {

        BoundedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedStream(super.getInputStream());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private final class BoundedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final long begun = System.nanoTime();
        private long read;

        BoundedStream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int octet = body.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int octets = body.read(buffer, offset, length);
            count(Math.max(octets, 0));
            return octets;
        }

        private void count(int octets) {
            read += octets;
            if (read > maxBytes) {
                throw new RefusedException(FaultCode.REQUEST_OVERSIZED, tooLarge());
            }
            if (System.nanoTime() - begun > maxDuration.toNanos()) {
                throw new RefusedException(
                        FaultCode.REQUEST_TIMED_OUT, "A body must arrive within " + maxDuration.toSeconds() + " s.");
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
