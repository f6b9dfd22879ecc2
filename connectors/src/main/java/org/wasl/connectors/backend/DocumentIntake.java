package org.wasl.connectors.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.DocumentSpool;
import org.wasl.connectors.DocumentSpool.Place;
import org.wasl.connectors.declaration.ConnectorDeclaration.Documents;
import org.wasl.connectors.declaration.DocumentFormat;
import org.wasl.schemas.fault.FaultCode;

/**
 * Takes documents from a back-end to the spool through a small buffer: counted, digested, and of a declared type. What is
 * not complete, or not what the back-end said that it would be, never becomes an answer.
 */
final class DocumentIntake {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final Documents declared;
    private final DocumentSpool spool;
    private final Clock clock;

    DocumentIntake(Documents declared, DocumentSpool spool, Clock clock) {
        this.declared = declared;
        this.spool = spool;
        this.clock = clock;
    }

    /**
     * What the back-end says of a document.
     *
     * @param mediaType its media type, in lower case and without parameters; empty when nothing was said
     * @param length how many octets it has; negative when nothing was said
     * @param sha256 the digest, lower-case hexadecimal; empty when nothing was said
     */
    record Announced(String mediaType, long length, String sha256) {}

    /**
     * Reads one document to its end.
     *
     * @throws IOException when its beginning cannot be read
     * @throws BackEndFailure when it is not taken
     */
    Answer.Spooled take(InputStream in, Announced announced, Instant asOf, Instant deadline) throws IOException {
        if (announced.length() > declared.bytes()) {
            throw oversized();
        }
        byte[] head = in.readNBytes(DocumentFormat.HEAD_BYTES);
        String mediaType = mediaType(announced.mediaType(), head);
        Place place = place();
        boolean complete = false;
        try {
            copy(head, in, place, announced, deadline);
            complete = true;
            return new Answer.Spooled(mediaType, place, asOf, System.nanoTime());
        } finally {
            if (!complete) {
                place.close();
            }
        }
    }

    private String mediaType(String announced, byte[] head) {
        if (!announced.isEmpty() && !declared.formats().containsKey(announced)) {
            throw new BackEndFailure(
                    FaultCode.DOCUMENT_MEDIA_TYPE,
                    Step.VALIDATE,
                    "the document is not of a media type that is declared");
        }
        Optional<String> fitting = declared.formats().entrySet().stream()
                .filter(format -> announced.isEmpty() || format.getKey().equals(announced))
                .filter(format -> format.getValue().fits(head))
                .map(Map.Entry::getKey)
                .findFirst();
        return fitting.orElseThrow(() -> new BackEndFailure(
                FaultCode.DOCUMENT_MEDIA_TYPE,
                Step.VALIDATE,
                head.length == 0
                        ? "the document is empty"
                        : "the document's first octets are not those of its media type"));
    }

    private Place place() {
        try {
            return spool.take(declared.bytes())
                    .orElseThrow(() -> new BackEndFailure(
                            FaultCode.DOCUMENT_NO_SPACE, Step.FETCH, "the spool of documents is full"));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void copy(byte[] head, InputStream in, Place place, Announced announced, Instant deadline) {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[CHUNK_BYTES];
        System.arraycopy(head, 0, buffer, 0, head.length);
        int count = head.length;
        long length = 0;
        try (OutputStream out = place.write()) {
            while (count >= 0) {
                length += count;
                if (length > declared.bytes()) {
                    throw oversized();
                }
                if (clock.instant().isAfter(deadline)) {
                    throw new BackEndFailure(
                            FaultCode.BACKEND_TIMED_OUT, Step.FETCH, "the document was still coming at the deadline");
                }
                sha256.update(buffer, 0, count);
                out.write(buffer, 0, count);
                count = read(in, buffer, length);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        if (announced.length() >= 0 && length != announced.length()) {
            throw broken(length, null);
        }
        String digest = HexFormat.of().formatHex(sha256.digest());
        if (!announced.sha256().isEmpty() && !announced.sha256().equals(digest)) {
            throw new BackEndFailure(
                    FaultCode.BACKEND_MALFORMED, Step.FETCH, "the document does not have the digest that came with it");
        }
    }

    private static int read(InputStream in, byte[] buffer, long length) {
        try {
            return in.read(buffer);
        } catch (InterruptedIOException e) {
            throw new BackEndFailure(
                    FaultCode.BACKEND_TIMED_OUT,
                    Step.FETCH,
                    "the document stopped coming after " + length + " octets",
                    e);
        } catch (IOException e) {
            throw broken(length, e);
        }
    }

    private BackEndFailure oversized() {
        return new BackEndFailure(
                FaultCode.BACKEND_OVERSIZED,
                Step.FETCH,
                "the document has more than the declared " + declared.bytes() + " octets");
    }

    private static BackEndFailure broken(long length, @Nullable IOException cause) {
        return new BackEndFailure(
                FaultCode.BACKEND_UNAVAILABLE, Step.FETCH, "the document broke off after " + length + " octets", cause);
    }

    private static BackEndFailure unwritable(IOException cause) {
        return new BackEndFailure(
                FaultCode.DOCUMENT_NO_SPACE, Step.FETCH, "the spool of documents cannot be written", cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
