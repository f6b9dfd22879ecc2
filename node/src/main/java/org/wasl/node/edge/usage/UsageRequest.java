package org.wasl.node.edge.usage;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/**
 * Which page of uses is asked for. Never whose: that the token says.
 *
 * @param from from when (inclusive) on; null from the beginning
 * @param to until when (exclusive); null until now
 * @param receiver the identifier of the body that received the data; null for any
 * @param purpose the code of what for; null for any
 * @param offset how many of the newest are passed over
 * @param limit how many there may be on the page
 */
record UsageRequest(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String receiver,
        @Nullable String purpose,
        int offset,
        int limit) {

    /** How far back pages go: offset and limit together. */
    static final int DEEPEST = 10_000;

    /** All there is. */
    static final UsageRequest EVERYTHING = new UsageRequest(null, null, 0, DEEPEST);

    private static final Set<String> PARAMETERS =
            Set.of("periodStart", "periodEnd", "receiver", "purpose", "offset", "limit");

    /** Of any body, for any purpose. */
    UsageRequest(@Nullable Instant from, @Nullable Instant to, int offset, int limit) {
        this(from, to, null, null, offset, limit);
    }

    /**
     * Reads the query string, strictly.
     *
     * @param pageMax how many uses a page may have, and has when nothing is said
     * @throws RefusedException when there is anything in it that this interface does not take
     */
    static UsageRequest read(HttpServletRequest request, int pageMax) {
        request.getParameterMap().forEach((name, values) -> {
            if (!PARAMETERS.contains(name)) {
                throw refused(
                        "Whose data it is about the token says; take periodStart, periodEnd, receiver, purpose, offset and limit.");
            }
            if (values.length != 1) {
                throw refused("A parameter is given more than once.");
            }
        });
        Instant from = instant(request, "periodStart");
        Instant to = instant(request, "periodEnd");
        if (from != null && to != null && !from.isBefore(to)) {
            throw refused("periodStart must be before periodEnd.");
        }
        int offset = number(request, "offset", 0, 0, DEEPEST);
        int limit = number(request, "limit", Math.min(pageMax, DEEPEST), 1, pageMax);
        if (offset + limit > DEEPEST) {
            throw refused("offset and limit together may be at most " + DEEPEST + "; narrow the period instead.");
        }
        return new UsageRequest(from, to, token(request, "receiver"), token(request, "purpose"), offset, limit);
    }

    /** Whether a use of this body for this purpose is asked for. */
    boolean wants(String body, String why) {
        return (receiver == null || receiver.equals(body)) && (purpose == null || purpose.equals(why));
    }

    private static @Nullable String token(HttpServletRequest request, String name) {
        String text = request.getParameter(name);
        if (text != null && !RequestHeaders.TOKEN.matcher(text).matches()) {
            throw refused(name + " must have 1 to 200 characters of A-Z a-z 0-9 . _ : / @ + = -");
        }
        return text;
    }

    private static int number(HttpServletRequest request, String name, int usual, int least, int most) {
        String text = request.getParameter(name);
        if (text == null) {
            return usual;
        }
        // Nine digits fit, whatever they are.
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw refused(name + " must be a number from " + least + " to " + most + ".");
        }
        return Integer.parseInt(text);
    }

    private static @Nullable Instant instant(HttpServletRequest request, String name) {
        String text = request.getParameter(name);
        if (text == null) {
            return null;
        }
        try {
            // The interface's own examples have no offset.
            return text.matches("[0-9T:.-]{16,30}") && text.lastIndexOf('-') < text.indexOf('T')
                    ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw refused(name + " must be a date and time, as in RFC 3339.");
        }
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(FaultCode.REQUEST_PARAMETER, detail);
    }
}
