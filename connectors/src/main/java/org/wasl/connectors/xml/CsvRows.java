package org.wasl.connectors.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads comma-separated values as RFC 4180 has them, strictly: a quote out of place is refused, not guessed at. */
public final class CsvRows {

    private static final int MAX_FIELDS = 256;

    private final String text;
    private int at;
    private int line = 1;

    public CsvRows(String text) {
        this.text = text;
    }

    /** The line that the next row begins on, from 1. */
    public int line() {
        return line;
    }

    /** The next row's fields; empty at the end. */
    public Optional<List<String>> next() throws UnreadableException {
        if (at >= text.length()) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>();
        boolean more = true;
        while (more) {
            fields.add(field());
            if (fields.size() > MAX_FIELDS) {
                throw new UnreadableException("line " + line + " has more than " + MAX_FIELDS + " fields");
            }
            more = at < text.length() && text.charAt(at) == ',';
            at += more ? 1 : 0;
        }
        endOfRow();
        return Optional.of(fields);
    }

    private void endOfRow() throws UnreadableException {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) != '\n') {
            throw new UnreadableException("line " + line + " goes on after a closing quote");
        }
        at++;
        line++;
    }

    private String field() throws UnreadableException {
        return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() throws UnreadableException {
        int start = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '"') {
                throw new UnreadableException("line " + line + " has a quote inside an unquoted field");
            }
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() throws UnreadableException {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            at++;
            if (c == '"') {
                if (at >= text.length() || text.charAt(at) != '"') {
                    return field.toString();
                }
                at++;
            } else if (c == '\n') {
                line++;
            }
            field.append(c);
        }
        throw new UnreadableException("a quote is not closed before the end");
    }
}
