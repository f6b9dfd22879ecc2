package org.wasl.routes.held;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.wasl.schemas.identifier.MemberId;

/**
 * Octets under names, for a while. It may lose anything at any time, be slow, or be gone: nothing that must hold may
 * depend on it. Names and values of one member are apart from another's.
 */
public interface AnswerCache extends AutoCloseable {

    /** Holds nothing. */
    AnswerCache NONE = new NoAnswerCache();

    /** What stands under this name. */
    CompletionStage<Optional<byte[]>> get(MemberId member, byte[] name);

    /**
     * Puts these octets under this name, whatever stood there.
     *
     * @param life for how long at the most
     */
    CompletionStage<?> put(MemberId member, byte[] name, byte[] octets, Duration life);

    /** Removes what stands under this name; done when nothing does any more. */
    CompletionStage<?> remove(MemberId member, byte[] name);

    /** Whether it holds anything at all. */
    boolean holds();

    @Override
    void close();
}
