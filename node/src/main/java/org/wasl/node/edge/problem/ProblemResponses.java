package org.wasl.node.edge.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.RetryHint;

/** Answers requests with problems, in the caller's language, with the headers that go with each status. */
public final class ProblemResponses {

    /** Seconds after which a caller that was told to wait may come again, unless the fault says when. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private ProblemResponses() {}

    /** The language that the caller prefers among ours: Arabic when it is asked for first, else English. */
    public static String locale(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
            return "en";
        }
        var locales = request.getLocales();
        while (locales.hasMoreElements()) {
            String language = locales.nextElement().getLanguage().toLowerCase(Locale.ROOT);
            if ("ar".equals(language) || "en".equals(language)) {
                return language;
            }
        }
        return "en";
    }

    /** Writes the problem, unless an answer is already on its way. */
    public static void write(
            HttpServletRequest request, HttpServletResponse response, Fault fault, @Nullable String instance)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        Problem problem = new Problem(fault, locale(request), instance);
        byte[] octets = problem.octets();
        response.resetBuffer();
        response.setStatus(problem.status());
        headers(problem).forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.setContentLength(octets.length);
        response.getOutputStream().write(octets);
        response.flushBuffer();
    }

    /** The headers that go with a problem. */
    static HttpHeaders headers(Problem problem) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.set(HttpHeaders.CONTENT_LANGUAGE, problem.locale());
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        SecurityHeaders.ALWAYS.forEach(headers::set);
        headers.set("Content-Security-Policy", SecurityHeaders.DATA_POLICY);
        headers.set("X-Road-Error", problem.fault().code().wireCode());
        int status = problem.status();
        if (status == 429 || status == 503) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    RetryHint.of(problem.fault())
                            .map(wait -> Long.toString(wait.toSeconds()))
                            .orElse(RETRY_AFTER_SECONDS));
        }
        if (status == 413 || status == 408) {
            // What is still to come of the body is not read.
            headers.set(HttpHeaders.CONNECTION, "close");
        }
        return headers;
    }
}
