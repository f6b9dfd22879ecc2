package org.wasl.security.assertion;

/**
 * Whom a person may represent.
 *
 * @param party the represented party, as the header names it
 * @param nationalNumber the represented person's national number
 */
public record Mandate(String party, String nationalNumber) {

    @Override
    public String toString() {
        // Without the national number: this ends up in logs.
        return "mandate of " + party;
    }
}
