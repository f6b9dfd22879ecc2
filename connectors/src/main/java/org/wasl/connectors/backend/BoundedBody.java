package org.wasl.connectors.backend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import org.wasl.schemas.fault.FaultCode;

/** Reads a stream within a bound of size and time: a trickle of bytes would outlast every socket timeout. */
final class BoundedBody {

    private static final int CHUNK_BYTES = 8192;

    private BoundedBody() {}

    static byte[] read(InputStream in, int maxBytes, Instant deadline, Clock clock) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK_BYTES);
        byte[] chunk = new byte[CHUNK_BYTES];
        int count = in.read(chunk);
        while (count >= 0) {
            body.write(chunk, 0, count);
            if (body.size() > maxBytes) {
                throw new BackEndFailure(
                        FaultCode.BACKEND_OVERSIZED, Step.FETCH, "more than " + maxBytes + " bytes came");
            }
            if (clock.instant().isAfter(deadline)) {
                throw new BackEndFailure(
                        FaultCode.BACKEND_TIMED_OUT, Step.FETCH, "the answer was still coming at the deadline");
            }
            count = in.read(chunk);
        }
        return body.toByteArray();
    }
}
