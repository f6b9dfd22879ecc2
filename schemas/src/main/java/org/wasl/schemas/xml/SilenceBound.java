package org.wasl.schemas.xml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Hands octets to a parser, and stops when it swallows many without telling of anything: the JDK's parser has no bound
 * of its own on one attribute's value, and gathers all of it before anybody can look.
 */
final class SilenceBound extends FilterInputStream {

    private int silent;

    SilenceBound(InputStream in) {
        super(in);
    }

    /** The parser told of something. */
    void broken() {
        silent = 0;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got = super.read(buffer, offset, length);
        count(Math.max(got, 0));
        return got;
    }

    private void count(int octets) throws IOException {
        silent += octets;
        if (silent > XmlRules.MAX_SILENT_OCTETS) {
            throw new TooSilentException();
        }
    }

    /** One tag, comment or instruction is too long. */
    static final class TooSilentException extends IOException {

        private static final long serialVersionUID = 1L;

        TooSilentException() {
            super("a tag has more than " + XmlRules.MAX_SILENT_OCTETS + " octets");
        }
    }
}
