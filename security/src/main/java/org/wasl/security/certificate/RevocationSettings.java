package org.wasl.security.certificate;

import java.time.Duration;

/**
 * The bounds within which status is fetched and kept.
 *
 * @param statementCeiling how long an OCSP statement is relied on at most after it was fetched, even when it says
 *     longer: after this time at the latest a revocation is known here
 * @param listCeiling the same for a fetched revocation list
 * @param timeout how long one fetch may take in all
 * @param nonceRequired whether a response without the request's nonce is refused
 * @param clockSkew how much a responder's clock may be ahead of ours
 * @param maxStatements how many certificates' statements are kept
 */
public record RevocationSettings(
        Duration statementCeiling,
        Duration listCeiling,
        Duration timeout,
        boolean nonceRequired,
        Duration clockSkew,
        int maxStatements) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    public RevocationSettings {
        checkCeiling(statementCeiling);
        checkCeiling(listCeiling);
        if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("a fetch may take from 1 ms to 30 s");
        }
        if (maxStatements < 1) {
            throw new IllegalArgumentException("at least one statement must be kept");
        }
    }

    /** Five minutes for a statement, an hour for a list, five seconds for a fetch. */
    public static RevocationSettings standard() {
        return new RevocationSettings(
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                true,
                Duration.ofSeconds(60),
                20_000);
    }

    private static void checkCeiling(Duration ceiling) {
        if (ceiling.compareTo(SHORTEST) < 0 || ceiling.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("status is kept from one second to seven days");
        }
    }
}
