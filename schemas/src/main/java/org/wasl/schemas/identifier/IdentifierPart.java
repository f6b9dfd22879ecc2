package org.wasl.schemas.identifier;

import java.util.regex.Pattern;

/** The one rule for a part of an identifier: what may stand between two slashes. */
final class IdentifierPart {

    /** No slash, dot-dot, control character or case that a file system folds away can get in. */
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?");

    private IdentifierPart() {}

    static String check(String value, String what) {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " must be 1 to 64 letters, digits, '-' or '_', and begin and end"
                    + " with a letter or digit");
        }
        return value;
    }

    static String[] split(String text, int parts, String what) {
        String[] split = text.split("/", -1);
        if (split.length != parts) {
            throw new IllegalArgumentException(what + " must have " + parts + " parts separated by '/'");
        }
        return split;
    }
}
