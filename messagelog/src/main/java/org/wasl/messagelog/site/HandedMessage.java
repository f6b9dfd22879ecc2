package org.wasl.messagelog.site;

import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * A message about a request that another node holds, on its way to that node.
 *
 * @param provider to whose queue it came
 * @param octets the container as it came
 * @param brokerUser who sent it, as the broker authenticated them; null when it did not say
 * @param replyNode the hint which node waits for the reply; null when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record HandedMessage(
        SubsystemId provider,
        byte[] octets,
        @Nullable String brokerUser,
        @Nullable String replyNode) {}
