package org.wasl.messagelog.witness;

import java.io.IOException;
import java.util.Optional;
import org.wasl.messagelog.note.SignedNote;

/** What a witness remembers: of each log the checkpoint that it cosigned last. Safe for many threads. */
public interface WitnessStore {

    /**
     * The checkpoint of this log that was cosigned last; empty when there was none.
     *
     * @throws IOException when it cannot be read; then nothing may be cosigned
     */
    Optional<SignedNote> latest(String origin) throws IOException;

    /**
     * Keeps this checkpoint durably, if the one kept so far is still the expected one. Comparing and keeping are one
     * step: otherwise the slower of two requests would turn the log back.
     *
     * @param expected what {@link #latest} gave
     * @return whether it was kept
     * @throws IOException when it may not be durable; then it must not be cosigned
     */
    boolean replace(String origin, Optional<SignedNote> expected, SignedNote next) throws IOException;

    /**
     * Keeps a checkpoint that the log signed and that was not cosigned, since it does not follow from the one kept: beside
     * that one it may be proof that the log changed its history. At most so many are kept as the memory has room for.
     *
     * @throws IOException when it cannot be kept
     */
    void keepSuspect(String origin, SignedNote note) throws IOException;
}
