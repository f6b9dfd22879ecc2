package org.wasl.node.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/** Writes XSL formatting objects as events. */
final class FormattingObjects {

    private static final String NAMESPACE = "http://www.w3.org/1999/XSL/Format";
    /** Where a long identifier may be broken. */
    private static final String BREAK = "\u200B";

    private static final String NOT_JOINED = "\u200C";
    private static final Pattern LEFT_TO_RIGHT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+,-]*[A-Za-z0-9]");

    private final ContentHandler out;
    private final Deque<String> open = new ArrayDeque<>();

    FormattingObjects(ContentHandler out) {
        this.out = out;
    }

    void begin() throws SAXException {
        out.startDocument();
        out.startPrefixMapping("fo", NAMESPACE);
    }

    void end() throws SAXException {
        out.endPrefixMapping("fo");
        out.endDocument();
    }

    /** Opens an object with these properties: name, value, name, value. */
    void open(String name, String... properties) throws SAXException {
        AttributesImpl attributes = new AttributesImpl();
        for (int i = 0; i < properties.length; i += 2) {
            attributes.addAttribute("", properties[i], properties[i], "CDATA", properties[i + 1]);
        }
        out.startElement(NAMESPACE, name, "fo:" + name, attributes);
        open.push(name);
    }

    void close() throws SAXException {
        String name = open.pop();
        out.endElement(NAMESPACE, name, "fo:" + name);
    }

    void empty(String name) throws SAXException {
        open(name);
        close();
    }

    void block(String text, String... properties) throws SAXException {
        open("block", properties);
        text(text);
        close();
    }

    void table(String... widths) throws SAXException {
        open("table", "table-layout", "fixed", "inline-progression-dimension", "100%");
        for (String width : widths) {
            open("table-column", "column-width", "proportional-column-width(" + width.replace("%", "") + ")");
            close();
        }
        open("table-body");
    }

    void endTable() throws SAXException {
        close();
        close();
    }

    /** A cell with words. */
    void cell(String words, boolean identifier) throws SAXException {
        cell(identifier ? "" : words, identifier ? words : "");
    }

    /** A cell with words, and an identifier, which reads from left to right whatever stands around it. */
    void cell(String words, String identifier) throws SAXException {
        open("table-cell", "border", "0.3pt solid #767676", "padding", "1mm");
        open("block");
        if (!words.isEmpty()) {
            text(words + (identifier.isEmpty() ? "" : " "));
        }
        if (!identifier.isEmpty()) {
            leftToRight(identifier);
        }
        close();
        close();
    }

    /** Words, in which numbers, instants and identifiers read from left to right, as they are read aloud too. */
    private void text(String text) throws SAXException {
        Matcher run = LEFT_TO_RIGHT.matcher(text);
        int from = 0;
        while (run.find()) {
            characters(text.substring(from, run.start()));
            leftToRight(run.group());
            from = run.end();
        }
        characters(text.substring(from));
    }

    private void leftToRight(String identifier) throws SAXException {
        open("bidi-override", "unicode-bidi", "embed", "direction", "ltr");
        characters(identifier.replaceAll("(?<=[/:._,=-])", BREAK));
        close();
    }

    private void characters(String text) throws SAXException {
        // The formatter takes these two for letters that others join with.
        char[] characters = text.replaceAll("(?=[\u061F\u061B])", NOT_JOINED).toCharArray();
        out.characters(characters, 0, characters.length);
    }
}
