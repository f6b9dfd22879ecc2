package org.wasl.security.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;

/**
 * How it stands with one member's short-term keys, for operators.
 *
 * @param member the member
 * @param serial the certificate in use, its serial number in hexadecimal; null when there is none
 * @param ends when it ends; null when there is none
 * @param issued how many were issued since the node began
 * @param level how urgent it is
 * @param failure why the last renewal failed; null when it did not
 */
public record ShortTermState(
        MemberId member,
        @Nullable String serial,
        @Nullable Instant ends,
        long issued,
        Level level,
        @Nullable String failure) {

    /** How urgent it is. */
    public enum Level {
        /** Nothing is to be done. */
        GOOD,
        /** A renewal failed; the key in use goes on, and it is tried again. */
        WARNING,
        /** The key in use ends soon, and no renewal has worked. */
        ALARM,
        /** There is no key in force: nothing can be signed. */
        ENDED
    }
}
