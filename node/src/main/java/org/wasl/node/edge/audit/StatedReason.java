package org.wasl.node.edge.audit;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/** Why an auditor looks: text for people, kept in the log with what was looked at. */
public final class StatedReason {

    /** Fewer characters say nothing. */
    static final int LEAST_CHARACTERS = 10;

    static final int MOST_CHARACTERS = 500;

    private StatedReason() {}

    /**
     * The reason, as it is kept.
     *
     * @throws RefusedException when it is missing, too short, too long, or holds what cannot be shown on one line
     */
    static String of(@Nullable String text) {
        String given = text == null ? "" : text;
        String reason = given.strip();
        int characters = reason.codePointCount(0, reason.length());
        if (characters < LEAST_CHARACTERS || characters > MOST_CHARACTERS || !showable(given)) {
            throw refused(null);
        }
        return reason;
    }

    /**
     * The reason that a header holds: UTF-8, as it is or percent-encoded, since not every client can send other letters
     * than English ones in a header.
     *
     * @param value the header as the server reads it, an octet a character
     */
    static String ofHeader(String value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
            // A plus sign is a plus sign: this is no form.
            return of(
                    text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (CharacterCodingException | IllegalArgumentException malformed) {
            throw refused(malformed);
        }
    }

    /** Nothing that ends a line, steers a terminal, or turns text round. */
    private static boolean showable(String reason) {
        return reason.codePoints().noneMatch(point -> {
            int type = Character.getType(point);
            return type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.UNASSIGNED
                    || point == '\uFFFD';
        });
    }

    private static RefusedException refused(@Nullable Throwable cause) {
        String detail = "State the reason in " + LEAST_CHARACTERS + " to " + MOST_CHARACTERS
                + " characters of UTF-8, without control characters.";
        return cause == null
                ? new RefusedException(FaultCode.AUDIT_REASON, detail)
                : new RefusedException(FaultCode.AUDIT_REASON, detail, cause);
    }
}
