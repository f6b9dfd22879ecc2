package org.wasl.security.keys;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which PKCS#11 token holds keys, and how much of it may be used.
 *
 * @param library the module's library, an absolute path
 * @param label the token's label; null when the slot says which token
 * @param slot the slot's number; null when the label says which token
 * @param sessions how many computations run in the token at once
 * @param patience how long a computation waits for its turn
 * @param retry how long after a failed login nobody tries again
 */
public record TokenDeclaration(
        Path library, @Nullable String label, @Nullable Long slot, int sessions, Duration patience, Duration retry) {

    private static final int MAX_SESSIONS = 256;

    public TokenDeclaration {
        // The provider's own configuration is text, in which these have a meaning.
        if (!library.isAbsolute() || library.toString().matches("(?s).*[\\s\"${}#;].*")) {
            throw new IllegalArgumentException(
                    "the PKCS#11 library is an absolute path without spaces, quotes and dollar signs: " + library);
        }
        if ((label == null) == (slot == null)) {
            throw new IllegalArgumentException("a token is named by its label or by its slot, one of them");
        }
        if (sessions < 1 || sessions > MAX_SESSIONS) {
            throw new IllegalArgumentException("a token serves 1 to " + MAX_SESSIONS + " sessions");
        }
    }

    @Override
    public String toString() {
        return "token " + (label == null ? "in slot " + slot : label) + " of " + library.getFileName();
    }
}
