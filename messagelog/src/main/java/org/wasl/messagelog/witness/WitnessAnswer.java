package org.wasl.messagelog.witness;

import org.wasl.messagelog.note.NoteSignature;

/** What a witness answers to {@code add-checkpoint}; each stands for one HTTP status of C2SP {@code tlog-witness}. */
public sealed interface WitnessAnswer {

    /** 200: seen, found consistent, kept, and cosigned. */
    record Cosigned(NoteSignature signature) implements WitnessAnswer {}

    /** 400: no request, or one that goes backwards. */
    record Malformed(String reason) implements WitnessAnswer {}

    /** 403: not signed by a key of that log. */
    record NotTheLog() implements WitnessAnswer {}

    /** 404: no log of that origin is witnessed here. */
    record UnknownLog() implements WitnessAnswer {}

    /**
     * 409: the checkpoint cosigned last is another than the log believes, or another tree of the same size.
     *
     * @param size the size of that checkpoint
     * @param forked whether two different trees of one size were shown: proof that the log lies to somebody
     */
    record Conflict(long size, boolean forked) implements WitnessAnswer {}

    /** 422: the proof does not lead from the checkpoint cosigned last to the new one. */
    record Inconsistent() implements WitnessAnswer {}
}
