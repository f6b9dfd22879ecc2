package org.wasl.messagelog.witness;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.note.NoteSignature;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.security.http.BoundedHttp;

/** Asks witnesses for cosignatures, C2SP {@code tlog-witness}, within a bound of time and size. Safe for many threads. */
public final class WitnessClient {

    /** The most octets of an answer that is read. */
    static final int MAX_ANSWER_OCTETS = 16 * 1024;

    private static final String MEDIA_TYPE = "text/plain; charset=utf-8";
    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})\n");

    private final BoundedHttp http;

    /** @param timeout how long one question may take in all */
    public WitnessClient(Duration timeout) {
        this.http = new BoundedHttp(timeout);
    }

    /**
     * Asks one witness, and waits for its answer.
     *
     * @param prefix the witness' submission prefix, without a slash at the end
     * @param witness its key, of type {@code COSIGNATURE_V1}: what others sign counts for nothing
     */
    public WitnessReply add(URI prefix, VerifierKey witness, AddCheckpoint request) {
        if (witness.type() != SignatureType.COSIGNATURE_V1) {
            throw new IllegalArgumentException("a witness' key is of type COSIGNATURE_V1");
        }
        BoundedHttp.Answer answer;
        try {
            answer = http.ask(
                    URI.create(prefix + WitnessServer.ADD_CHECKPOINT), MEDIA_TYPE, request.octets(), MAX_ANSWER_OCTETS);
        } catch (IOException unreachable) {
            return new WitnessReply.Unreachable(String.valueOf(unreachable.getMessage()));
        }
        return read(answer, witness, request.note().text());
    }

    private static WitnessReply read(BoundedHttp.Answer answer, VerifierKey witness, String checkpoint) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return switch (answer.status()) {
            case WitnessServer.OK -> cosigned(body, witness, checkpoint);
            case WitnessServer.CONFLICT ->
                SIZE.matcher(body).matches()
                        ? new WitnessReply.Conflict(Long.parseLong(body.strip()))
                        : new WitnessReply.Unreachable("answered 409 without a size");
            case WitnessServer.UNPROCESSABLE -> new WitnessReply.Inconsistent();
            case WitnessServer.BAD_REQUEST -> new WitnessReply.Refused("answered 400: it cannot read the request");
            case WitnessServer.FORBIDDEN ->
                new WitnessReply.Refused("answered 403: it trusts no key that signed the checkpoint");
            case WitnessServer.NOT_FOUND -> new WitnessReply.Refused("answered 404: it does not watch this log");
            default -> new WitnessReply.Unreachable("answered with status " + answer.status());
        };
    }

    private static WitnessReply cosigned(String body, VerifierKey witness, String checkpoint) {
        List<NoteSignature> lines = SignedNote.signatures(body).orElse(List.of());
        for (NoteSignature line : lines) {
            Optional<Cosignature> cosignature = Cosignature.verify(checkpoint, line, witness);
            if (cosignature.isPresent()) {
                return new WitnessReply.Cosigned(line, cosignature.get());
            }
        }
        return new WitnessReply.Unreachable("answered 200 without a cosignature of the registered key");
    }
}
