package org.wasl.schemas.xml;

/** Writes text into XML as canonical XML does: for XML that is built by template, and for what is serialised. */
public final class XmlText {

    private XmlText() {}

    /** Whether XML 1.0 can carry every character of this text. */
    public static boolean isWritable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (!isCharacter(c)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The text as it stands between two tags.
     *
     * @throws IllegalArgumentException when XML cannot carry a character of it
     */
    public static String text(String text) {
        return escape(text, false);
    }

    /**
     * The text as it stands between the double quotes of an attribute.
     *
     * @throws IllegalArgumentException when XML cannot carry a character of it
     */
    public static String attribute(String text) {
        return escape(text, true);
    }

    static void append(StringBuilder out, String text, boolean attribute) {
        if (!isWritable(text)) {
            throw new IllegalArgumentException("the text has a character that XML cannot carry");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append(attribute ? ">" : "&gt;");
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                case '\t' -> out.append(attribute ? "&#x9;" : "\t");
                case '\n' -> out.append(attribute ? "&#xA;" : "\n");
                case '\r' -> out.append("&#xD;");
                default -> out.append(c);
            }
        }
    }

    private static String escape(String text, boolean attribute) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        append(out, text, attribute);
        return out.toString();
    }

    /** Most texts have nothing in them that would have to be written otherwise. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '<' || c == '>' || c == '&' || c == '"') {
                return false;
            }
        }
        return true;
    }

    private static boolean isCharacter(char c) {
        return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c <= 0xFFFD);
    }
}
