package org.wasl.security.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks octets that a template may have written: its own text, and between that what varies. */
final class TemplateCursor {

    private final byte[] octets;
    private int at;

    TemplateCursor(byte[] octets) {
        this.octets = octets;
    }

    /** Passes the template's own text. */
    void expect(byte[] text) throws NotByTemplate {
        if (!passes(text)) {
            throw new NotByTemplate();
        }
    }

    /** Passes the template's own text if it comes next; returns whether it did. */
    boolean passes(byte[] text) {
        if (!comesNext(text)) {
            return false;
        }
        at += text.length;
        return true;
    }

    private boolean comesNext(byte[] text) {
        int to = at + text.length;
        return to <= octets.length && Arrays.equals(octets, at, to, text, 0, text.length);
    }

    /** What varies: at least one printable ASCII character, none of them markup, until the one that ends it. */
    String value() throws NotByTemplate {
        int from = passValue();
        return new String(octets, from, at - from, StandardCharsets.ISO_8859_1);
    }

    /** The same as octets. */
    byte[] valueOctets() throws NotByTemplate {
        int from = passValue();
        return Arrays.copyOfRange(octets, from, at);
    }

    private int passValue() throws NotByTemplate {
        int from = at;
        while (at < octets.length && isPlain(octets[at])) {
            at++;
        }
        if (at == from) {
            throw new NotByTemplate();
        }
        return from;
    }

    private static boolean isPlain(byte octet) {
        return octet > ' ' && octet < 0x7f && octet != '<' && octet != '>' && octet != '&' && octet != '"';
    }

    /** How many octets were passed. */
    int position() {
        return at;
    }

    /** Nothing may be left. */
    void end() throws NotByTemplate {
        if (at != octets.length) {
            throw new NotByTemplate();
        }
    }
}
