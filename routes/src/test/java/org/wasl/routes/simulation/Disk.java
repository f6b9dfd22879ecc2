package org.wasl.routes.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/** The leaves of one node that are durable, whatever becomes of its process. Its look-ups say what the stores' SQL says. */
final class Disk {

    private final List<Leaf> leaves = new ArrayList<>();
    private final Map<UUID, List<Leaf>> byId = new HashMap<>();
    private final Map<UUID, List<Leaf>> byRequest = new HashMap<>();

    /**
     * A leaf.
     *
     * @param written when, in the simulation's time
     * @param stored as the log gives it; null for a refusal of what names no message
     */
    record Leaf(
            long index,
            LogEntry entry,
            long written,
            @Nullable StoredMessage stored) {

        boolean is(MemberId member, Direction direction) {
            return entry.direction() == direction && entry.member().equals(member);
        }

        private boolean ends() {
            return entry.direction() != Direction.REFUSED
                    && (entry.kind() == MessageKind.REPLY || entry.kind() == MessageKind.FAULT);
        }

        SubsystemId sender() {
            return Objects.requireNonNull(entry.sender());
        }
    }

    int size() {
        return leaves.size();
    }

    List<Leaf> leaves() {
        return leaves;
    }

    /** The earlier message of the same member, direction, sender and id. */
    Optional<Leaf> same(LogEntry entry) {
        if (entry.direction() == Direction.REFUSED || entry.messageId() == null) {
            return Optional.empty();
        }
        return of(byId, entry.messageId()).stream()
                .filter(leaf -> leaf.is(entry.member(), entry.direction())
                        && leaf.sender().equals(entry.sender()))
                .findFirst();
    }

    Leaf write(LogEntry entry, long now) {
        long index = leaves.size();
        boolean whole = entry.messageId() != null
                && entry.kind() != null
                && entry.sender() != null
                && entry.consumer() != null
                && entry.provider() != null
                && entry.service() != null
                && entry.correlationId() != null;
        Leaf leaf = new Leaf(index, entry, now, whole ? stored(index, entry) : null);
        leaves.add(leaf);
        if (whole && entry.direction() != Direction.REFUSED) {
            byId.computeIfAbsent(entry.messageId(), id -> new ArrayList<>()).add(leaf);
            if (entry.inReplyTo() != null) {
                byRequest
                        .computeIfAbsent(entry.inReplyTo(), id -> new ArrayList<>())
                        .add(leaf);
            }
        }
        return leaf;
    }

    private static StoredMessage stored(long index, LogEntry entry) {
        return new StoredMessage(
                index,
                entry.member(),
                entry.direction(),
                entry.at(),
                Objects.requireNonNull(entry.messageId()),
                Objects.requireNonNull(entry.correlationId()),
                Objects.requireNonNull(entry.kind()),
                Objects.requireNonNull(entry.sender()),
                Objects.requireNonNull(entry.consumer()),
                Objects.requireNonNull(entry.provider()),
                Objects.requireNonNull(entry.service()),
                entry.inReplyTo(),
                entry.expires(),
                entry.fault() == null ? null : entry.fault().wireCode(),
                entry.container());
    }

    private static List<Leaf> of(Map<UUID, List<Leaf>> index, UUID id) {
        return index.getOrDefault(id, List.of());
    }

    private static StoredMessage stored(Leaf leaf) {
        return Objects.requireNonNull(leaf.stored());
    }

    List<StoredMessage> messages(UUID id) {
        return of(byId, id).stream().map(Disk::stored).toList();
    }

    /** Whether these very octets were written by this member in this direction, or were refused by it. */
    boolean has(MemberId member, Direction direction, byte[] octets) {
        return leaves.stream()
                .anyMatch(leaf ->
                        leaf.is(member, direction) && Arrays.equals(leaf.entry().container(), octets));
    }

    Optional<StoredMessage> message(MemberId member, Direction direction, UUID id) {
        return of(byId, id).stream()
                .filter(leaf -> leaf.is(member, direction))
                .findFirst()
                .map(Disk::stored);
    }

    Optional<StoredMessage> answer(MemberId member, Direction direction, UUID request) {
        return of(byRequest, request).stream()
                .filter(leaf -> leaf.is(member, direction) && leaf.ends())
                .findFirst()
                .map(Disk::stored);
    }

    Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID request) {
        return of(byRequest, request).stream()
                .filter(leaf -> leaf.is(member, direction) && leaf.entry().kind() == kind)
                .reduce((first, last) -> last)
                .map(Disk::stored);
    }

    List<StoredMessage> correlated(String correlation, long from, int limit) {
        return select(from, limit, leaf -> correlation.equals(leaf.entry().correlationId()) && leaf.stored() != null);
    }

    List<StoredMessage> unanswered(Direction direction, long from, int limit) {
        return select(
                from,
                limit,
                leaf -> leaf.entry().kind() == MessageKind.REQUEST
                        && leaf.entry().direction() == direction
                        && !answered(
                                leaf,
                                leaf.entry().messageId(),
                                leaf.sender(),
                                leaf.entry().provider()));
    }

    List<StoredMessage> deferred(Direction direction, long from, int limit) {
        return select(
                from,
                limit,
                leaf -> leaf.entry().kind() == MessageKind.INTERIM
                        && leaf.entry().direction() == direction
                        && !(direction == Direction.SENT
                                ? ended(leaf, leaf.entry().inReplyTo(), Direction.SENT, leaf.sender())
                                : ended(leaf, leaf.entry().inReplyTo(), Direction.RECEIVED, null)
                                        || ended(
                                                leaf,
                                                leaf.entry().inReplyTo(),
                                                Direction.SENT,
                                                leaf.entry().consumer())));
    }

    private boolean answered(Leaf request, @Nullable UUID id, SubsystemId sender, @Nullable SubsystemId provider) {
        return request.entry().direction() == Direction.SENT
                ? ended(request, id, Direction.RECEIVED, null) || ended(request, id, Direction.SENT, sender)
                : ended(request, id, Direction.SENT, provider);
    }

    private boolean ended(Leaf leaf, @Nullable UUID request, Direction direction, @Nullable SubsystemId sender) {
        return of(byRequest, Objects.requireNonNull(request)).stream()
                .anyMatch(answer -> answer.is(leaf.entry().member(), direction)
                        && answer.ends()
                        && (sender == null || answer.sender().equals(sender)));
    }

    private List<StoredMessage> select(long from, int limit, Predicate<Leaf> which) {
        List<StoredMessage> found = new ArrayList<>();
        for (long index = from; index < leaves.size() && found.size() < limit; index++) {
            Leaf leaf = leaves.get((int) index);
            if (leaf.entry().direction() != Direction.REFUSED && which.test(leaf)) {
                found.add(stored(leaf));
            }
        }
        return found;
    }
}
