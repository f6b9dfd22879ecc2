package org.wasl.faults.load;

/**
 * A question, which its key makes the same whenever it is asked again.
 *
 * @param key a UUID: the message id at agencies' edges, the idempotency key at the portal's
 * @param subject a national number
 */
public record Question(String key, Flow flow, String subject) {

    @Override
    public String toString() {
        return flow.label() + " " + key;
    }
}
