package org.wasl.agencies.cspd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of a file as bytes, none held longer than a limit. */
final class BoundedLines {

    private final InputStream in;
    private final int maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long bytesRead;

    BoundedLines(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** The line without its end; what is beyond the limit is dropped, and {@code tooLong} says so. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Line(byte[] bytes, boolean tooLong) {}

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        line.reset();
        boolean tooLong = false;
        int octet = in.read();
        if (octet < 0) {
            return null;
        }
        while (octet >= 0) {
            bytesRead++;
            if (octet == '\n') {
                break;
            }
            if (line.size() < maxBytes) {
                line.write(octet);
            } else {
                tooLong = true;
            }
            octet = in.read();
        }
        return new Line(line.toByteArray(), tooLong);
    }

    long bytesRead() {
        return bytesRead;
    }
}
