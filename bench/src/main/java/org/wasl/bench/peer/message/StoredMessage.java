package org.wasl.bench.peer.message;

/**
 * One row.
 *
 * @param direction {@code SENT} or {@code RECEIVED}
 * @param partner who sent it, or whom it went to
 * @param id the message's id, or the id of what it answers
 * @param octets the whole message as it is on the wire; not copied
 */
public record StoredMessage(String direction, String partner, String id, byte[] octets) {

    public static final String SENT = "SENT";
    public static final String RECEIVED = "RECEIVED";
}
