package org.wasl.messagelog.erasure;

/**
 * Who has what erased, and why.
 *
 * @param actor the opaque id of who ordered it
 * @param reason why, for whoever reads the log later; names no citizen
 * @param selection what is to be erased
 */
public record ErasureOrder(String actor, String reason, Selection selection) {

    private static final int MAX_REASON = 500;

    public ErasureOrder {
        if (actor.isBlank() || reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "an erasure is ordered by somebody for a reason of 1 to " + MAX_REASON + " characters");
        }
    }
}
