package org.wasl.security.assertion;

/**
 * Under which names identity issuers say what they know of a person. What ties an assertion to a request has fixed names.
 *
 * @param nationalNumber the person's own national number, and within a mandate that of the represented person
 * @param kind the capacity in which the person asks: {@code CITIZEN} or {@code OFFICER}
 * @param mandate whom the person represents in this request
 */
public record ClaimNames(String nationalNumber, String kind, String mandate) {

    /** The names that the demo issuer uses. */
    public static final ClaimNames DEFAULT = new ClaimNames("national_number", "actor_kind", "mandate");
}
