package org.wasl.node.edge.usage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked about a use of their data.
 *
 * @param id its id; the answer has it too
 * @param index the index of its leaf
 * @param asked when
 * @param use the id of the use; null once it was erased
 * @param text what they ask; null once it was erased
 * @param answer what was answered; null while nothing was
 */
record Question(
        UUID id,
        long index,
        Instant asked,
        @Nullable AskedUse use,
        @Nullable String text,
        @Nullable Answer answer) {

    /**
     * The use that is asked about.
     *
     * @param id its id
     * @param leaf the index of its first leaf
     * @param at when it was
     * @param receiver the identifier of the body that received the data
     * @param purpose the code of what for
     */
    record AskedUse(String id, long leaf, Instant at, String receiver, String purpose) {}

    /**
     * What an auditor answered.
     *
     * @param auditor the auditor's opaque id
     * @param text null once it was erased
     */
    record Answer(Instant at, String auditor, @Nullable String text) {}
}
