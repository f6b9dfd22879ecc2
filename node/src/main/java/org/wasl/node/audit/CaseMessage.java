package org.wasl.node.audit;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.store.LogRow;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;

/**
 * One leaf of a case with its container.
 *
 * @param row the leaf as it stands in the log
 * @param file the container's name in the bundle; null when it was erased, or there never was one
 * @param container the container as it could be opened; null when it could not
 * @param verdict whether it is genuine, by the registry and the evidence of its time; null when there is none to judge
 * @param registryVersion the version by which it was judged
 */
record CaseMessage(
        LogRow row,
        @Nullable String file,
        @Nullable Container container,
        @Nullable ContainerVerdict verdict,
        long registryVersion) {

    long index() {
        return row.index();
    }

    Instant at() {
        return Instant.ofEpochMilli(row.leaf().atMillis());
    }

    boolean refused() {
        return Direction.REFUSED.name().equals(row.leaf().direction());
    }

    boolean is(String kind, Direction direction) {
        return kind.equals(row.leaf().kind())
                && direction.name().equals(row.leaf().direction());
    }

    Optional<ContainerVerdict.Genuine> genuine() {
        return verdict instanceof ContainerVerdict.Genuine genuine ? Optional.of(genuine) : Optional.empty();
    }

    Optional<Header> header() {
        return Optional.ofNullable(container).map(Container::header);
    }

    /** Whether the container has the commitment of its leaf; false when it was erased. */
    boolean committed() {
        return row.payload() != null
                && row.leaf().commitment() != null
                && java.security.MessageDigest.isEqual(
                        row.payload().commitment(), row.leaf().commitment());
    }
}
