package org.wasl.node.edge;

import org.jspecify.annotations.Nullable;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.schemas.fault.FaultCode;

/** What people write in their own words, as it is kept: bounded, and without what steers a screen. */
public final class FreeText {

    private FreeText() {}

    /**
     * The text without blanks at its ends, its lines ended by a line feed.
     *
     * @param name the member that it stands in
     * @param least how many characters it has at least; with 0 it may be absent
     * @return null when it is absent and may be
     * @throws RefusedException when it is too short or long, or holds control characters
     */
    public static @Nullable String read(@Nullable String given, String name, int least, int most) {
        String text = given == null
                ? ""
                : given.replace("\r\n", "\n").replace('\r', '\n').strip();
        int characters = text.codePointCount(0, text.length());
        if (characters < least || characters > most || text.codePoints().anyMatch(FreeText::steers)) {
            throw new RefusedException(
                    FaultCode.REQUEST_PARAMETER,
                    name + " must have " + least + " to " + most + " characters, without control characters.");
        }
        return text.isEmpty() ? null : text;
    }

    /** Steers a terminal, or turns text round. */
    private static boolean steers(int point) {
        int type = Character.getType(point);
        boolean joins = point == '\u200C' || point == '\u200D';
        return point != '\n'
                && !joins
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.SURROGATE
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR
                        || type == Character.UNASSIGNED
                        || point == '\uFFFD');
    }
}
