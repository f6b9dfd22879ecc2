package org.wasl.faults.check;

import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.leaf.Leaf;

/**
 * What the checker needs of a log's leaf; what a leaf does not say is an empty text.
 *
 * @param log which log it stands in
 * @param at by that node's clock, milliseconds since 1970
 */
public record LoggedLeaf(
        String log,
        long index,
        long at,
        String direction,
        String member,
        String messageId,
        String correlation,
        String kind,
        String sender,
        String consumer,
        String provider,
        String service,
        String inReplyTo,
        String fault) {

    /** As it stands in this log. */
    public static LoggedLeaf of(String log, long index, Leaf leaf) {
        return new LoggedLeaf(
                log,
                index,
                leaf.atMillis(),
                text(leaf.direction()),
                text(leaf.member()),
                text(leaf.messageId()),
                text(leaf.correlationId()),
                text(leaf.kind()),
                text(leaf.sender()),
                text(leaf.consumer()),
                text(leaf.provider()),
                text(leaf.service()),
                text(leaf.inReplyTo()),
                text(leaf.fault()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    boolean refused() {
        return "REFUSED".equals(direction);
    }

    /** Whether it is a request that was not refused. */
    public boolean request() {
        return "REQUEST".equals(kind) && !refused();
    }

    /** Whether it ends its request: a reply or a signed fault. */
    public boolean ends() {
        return ("REPLY".equals(kind) || "FAULT".equals(kind)) && !refused();
    }

    /** The agency's member code, the third part of the identity of whoever provides. */
    public String agency() {
        String[] parts = provider.split("/");
        return parts.length > 2 ? parts[2] : provider;
    }
}
