package org.wasl.messagelog.site;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.LoggedMessages;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.store.LogReader;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.MessageKind;

/** The messages in another node's log. */
public final class SiblingMessages implements LoggedMessages {

    private static final int MAX_MESSAGES = 1_000;

    private final LogReader log;

    public SiblingMessages(LogReader log) {
        this.log = log;
    }

    /** The logs of all other nodes of a site. */
    public static List<LoggedMessages> of(Site site) {
        return site.siblings().stream()
                .flatMap(sibling -> site.log(sibling).stream())
                .<LoggedMessages>map(SiblingMessages::new)
                .toList();
    }

    /** Something asked of the log. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws LogStoreException;
    }

    private static <T> T read(Question<T> question) {
        try {
            return question.ask();
        } catch (LogStoreException e) {
            throw new LogUnavailableException("another node's log cannot be read", e);
        }
    }

    @Override
    public List<StoredMessage> messages(UUID messageId) {
        return read(() -> log.messages(messageId, MAX_MESSAGES));
    }

    @Override
    public Optional<StoredMessage> message(MemberId member, Direction direction, UUID messageId) {
        return read(() -> log.message(member, direction, messageId));
    }

    @Override
    public Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId) {
        return read(() -> log.answer(member, direction, requestId));
    }

    @Override
    public Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID requestId) {
        return read(() -> log.about(member, direction, kind, requestId));
    }
}
