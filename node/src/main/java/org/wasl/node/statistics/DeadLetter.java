package org.wasl.node.statistics;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.MessageKind;

/** What of the log's refusals is a dead letter: a message that came, and with which nothing could be done. */
public final class DeadLetter {

    /** Of requests that were genuine. */
    private static final Set<String> UNPROCESSED = Set.of(
            FaultCode.INTERNAL.wireCode(),
            FaultCode.EXCHANGE_EXPIRED.wireCode(),
            FaultCode.EXCHANGE_OTHER_SENDER.wireCode(),
            FaultCode.EXCHANGE_UNEXPECTED_KIND.wireCode(),
            FaultCode.EXCHANGE_WRONG_RECEIVER.wireCode());

    /** Of messages that were not. */
    private static final List<String> NOT_GENUINE = List.of(
            "wasl.container.", "wasl.xml.", "wasl.header.", "wasl.signature.", "wasl.certificate.", "wasl.encryption.");

    private DeadLetter() {}

    /** Whether this leaf is of one: not a refusal of what may not be asked, nor of what came twice. */
    public static boolean is(Leaf leaf) {
        if (!Direction.REFUSED.name().equals(leaf.direction())) {
            return false;
        }
        if (leaf.messageId() == null) {
            return true;
        }
        String kind = leaf.kind();
        if (kind == null) {
            // Refused before it was a message.
            return false;
        }
        return MessageKind.REQUEST.name().equals(kind)
                ? unprocessed(leaf.fault())
                : !FaultCode.EXCHANGE_REPLAYED.wireCode().equals(leaf.fault());
    }

    private static boolean unprocessed(@Nullable String fault) {
        return fault != null
                && (UNPROCESSED.contains(fault) || NOT_GENUINE.stream().anyMatch(fault::startsWith));
    }
}
