package org.wasl.messagelog.leaf;

import org.jspecify.annotations.Nullable;

/** The rule for free text in a leaf: every store must give back the very characters that were hashed. */
final class LeafText {

    /** Characters; schemas allow less, so only a refused message can have more. */
    static final int MAX_LENGTH = 256;

    private static final char REPLACEMENT = '\uFFFD';

    private LeafText() {}

    /**
     * The text as it can be stored.
     *
     * @param mend whether to make it storable; otherwise text that is not is a caller's error
     * @throws IllegalArgumentException when it is not storable and not to be mended
     */
    static @Nullable String storable(@Nullable String text, String what, boolean mend) {
        if (text == null || isPlain(text)) {
            return text;
        }
        String mended = mended(text);
        if (!mend && !mended.equals(text)) {
            throw new IllegalArgumentException(
                    "the " + what + " has control characters or more than " + MAX_LENGTH + " characters");
        }
        return mended;
    }

    /** Printable ASCII, as nearly all of it is. */
    private static boolean isPlain(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String mended(String text) {
        StringBuilder mended = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).forEach(point -> {
            boolean halfPair = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            mended.appendCodePoint(halfPair || Character.isISOControl(point) ? REPLACEMENT : point);
        });
        return mended.toString();
    }
}
