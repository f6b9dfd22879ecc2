package org.wasl.messagelog.store;

import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;

/** What may be logged once only, refusals excepted. */
public record MessageIdentity(String member, String direction, String sender, String messageId) {

    /** The identity of this leaf; null when it is a refusal, of which there may be many. */
    public static @Nullable MessageIdentity of(Leaf leaf) {
        if (leaf.member() == null
                || leaf.direction() == null
                || leaf.sender() == null
                || leaf.messageId() == null
                || leaf.direction().equals(Direction.REFUSED.name())) {
            return null;
        }
        return new MessageIdentity(leaf.member(), leaf.direction(), leaf.sender(), leaf.messageId());
    }
}
