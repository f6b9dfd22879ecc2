package org.wasl.messagelog.verify;

import java.time.Instant;

/** Looks at the time-stamp tokens of recorded checkpoints. Called by many threads at once. */
@FunctionalInterface
public interface StampCheck {

    /** Looks at none: such a checkpoint counts as not time-stamped. */
    StampCheck NONE = (token, text) -> new Finding.Unexamined();

    /** What looking at one found. */
    sealed interface Finding {

        /** Nobody looked. */
        record Unexamined() implements Finding {}

        /** It is an authority's word that the text existed at that time. */
        record Genuine(Instant at) implements Finding {}

        /** It is not. */
        record Refused(String detail) implements Finding {}
    }

    /**
     * Looks at one.
     *
     * @param token an RFC 3161 time-stamp token, DER
     * @param text what it must be of, by SHA-256: a checkpoint's text
     */
    Finding examine(byte[] token, byte[] text);
}
