package org.wasl.node.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Priority;

/** Reads single-valued headers strictly: a header that is there twice is a smuggling attempt or a mistake. */
public final class RequestHeaders {

    /** How urgent a request is. */
    static final String PRIORITY = "Wasl-Priority";

    /** What may stand in a token of the envelope. */
    public static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:/@+=-]{1,200}");

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*([0-9]{1,5})(?:$|[,;\\s])");
    private static final Pattern ASYNC = Pattern.compile("(?:^|[,;\\s])respond-async(?:$|[,;\\s])");

    private final HttpServletRequest request;

    public RequestHeaders(HttpServletRequest request) {
        this.request = request;
    }

    /** The header's value; empty when it is absent or blank. */
    public Optional<String> value(String name) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() > 1) {
            throw new RefusedException(FaultCode.REQUEST_INVALID, "The header " + name + " is there more than once.");
        }
        return values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** The header's value, which must be a token of the envelope when it is there. */
    public Optional<String> token(String name) {
        Optional<String> value = value(name);
        if (value.isPresent() && !TOKEN.matcher(value.get()).matches()) {
            throw new RefusedException(
                    FaultCode.REQUEST_INVALID,
                    "The header " + name + " must have 1 to 200 characters of A-Z a-z 0-9 . _ : / @ + = -");
        }
        return value;
    }

    /** The header's value, which must be there. */
    public String required(String name) {
        return token(name)
                .orElseThrow(() ->
                        new RefusedException(FaultCode.REQUEST_HEADER_MISSING, "The header " + name + " is required."));
    }

    /** How long the caller waits (RFC 7240, {@code Prefer: wait=SECONDS}), never longer than {@code max}. */
    public Duration patience(Duration usual, Duration max) {
        Matcher wait = WAIT.matcher(prefer());
        Duration asked = wait.find() ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : usual;
        return asked.compareTo(max) > 0 ? max : asked;
    }

    /**
     * How urgent the request is ({@code Wasl-Priority}: {@code LOW}, {@code NORMAL} or {@code URGENT}); normal when the
     * caller does not say.
     *
     * @param urgent whether this caller's requests may be urgent
     * @throws RefusedException when it is none of these, or urgent and may not be
     */
    public Priority priority(boolean urgent) {
        String asked = token(PRIORITY).orElse(Priority.NORMAL.name());
        for (Priority priority : Priority.values()) {
            if (priority.name().equals(asked) && (urgent || priority != Priority.URGENT)) {
                return priority;
            }
        }
        throw new RefusedException(
                FaultCode.REQUEST_INVALID,
                "The header Wasl-Priority must be LOW or NORMAL; URGENT only from systems that the node's operator names.");
    }

    /** Whether the caller would rather come back for the answer (RFC 7240, {@code Prefer: respond-async}). */
    public boolean prefersAsync() {
        return ASYNC.matcher(prefer()).find();
    }

    private String prefer() {
        return String.join(",", Collections.list(request.getHeaders("Prefer")));
    }
}
