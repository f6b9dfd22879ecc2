package org.wasl.schemas.fault;

/**
 * One coded fault, as it is answered, signed and logged.
 *
 * @param code what went wrong
 * @param stage the step of the flow at which it did
 * @param leg the party or step at which it did: a member's identifier, or a composite's step; never a citizen
 * @param detail one sentence in English for the person who mends it; names rules, paths and limits, never values of a
 *     record, keys or internals
 */
public record Fault(FaultCode code, Stage stage, String leg, String detail) {

    /** The most that a detail may hold; longer text is cut. */
    public static final int MAX_DETAIL_CHARACTERS = 500;

    private static final int MAX_LEG_CHARACTERS = 200;

    public Fault {
        leg = clean(leg, MAX_LEG_CHARACTERS);
        detail = clean(detail, MAX_DETAIL_CHARACTERS);
    }

    /** Control characters would let a message write lines of its own into a log. */
    private static String clean(String text, int max) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
        text.codePoints().limit(max).forEach(c -> {
            int type = Character.getType(c);
            boolean unprintable = Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            clean.appendCodePoint(unprintable ? ' ' : c);
        });
        return clean.toString();
    }
}
