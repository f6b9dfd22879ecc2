package org.wasl.messagelog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.MessageKind;

/**
 * What a log says of single messages. Every method fails with {@link LogUnavailableException} when the log cannot be read.
 */
public interface LoggedMessages {

    /** The message with this id from any sender, as any of our members logged it, not refused; the first logged first. */
    List<StoredMessage> messages(UUID messageId);

    /** The one message that this member logged in this direction with this id. */
    Optional<StoredMessage> message(MemberId member, Direction direction, UUID messageId);

    /** The reply or fault that this member logged in this direction for this request; the first one. */
    Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId);

    /** The last message of this kind that this member logged in this direction about this request. */
    Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID requestId);
}
