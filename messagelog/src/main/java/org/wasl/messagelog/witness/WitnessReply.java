package org.wasl.messagelog.witness;

import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.note.NoteSignature;

/** What a log hears from a witness over HTTP. Only {@link Cosigned} is proven; all else anybody on the way could say. */
public sealed interface WitnessReply {

    /**
     * The witness cosigned.
     *
     * @param line the signature line, for the checkpoint
     * @param cosignature what it says, verified by the witness' registered key
     */
    record Cosigned(NoteSignature line, Cosignature cosignature) implements WitnessReply {}

    /**
     * 409: the witness cosigned another checkpoint last than the log believed, or holds another tree of the same size.
     *
     * @param size the size of the checkpoint that it cosigned last
     */
    record Conflict(long size) implements WitnessReply {}

    /** 422: the consistency proof does not lead from the witness' checkpoint to the new one. */
    record Inconsistent() implements WitnessReply {}

    /**
     * The witness does not take this log's checkpoints, for a reason that time alone will not mend.
     *
     * @param reason in words, with the status
     */
    record Refused(String reason) implements WitnessReply {}

    /**
     * No answer that counts came in time.
     *
     * @param reason in words
     */
    record Unreachable(String reason) implements WitnessReply {}
}
