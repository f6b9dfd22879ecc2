package org.wasl.security.container;

import java.util.UUID;

/**
 * Which event a message is of all that its publisher's subsystem told its subscriber's, whatever their types.
 *
 * @param number from 1, without gaps
 * @param source the id of the message by which the event was published
 */
public record EventSequence(long number, UUID source) {

    /** The largest number that a header can carry. */
    public static final long MAX = 999_999_999_999_999L;

    public EventSequence {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("an event's number is between 1 and " + MAX);
        }
    }
}
