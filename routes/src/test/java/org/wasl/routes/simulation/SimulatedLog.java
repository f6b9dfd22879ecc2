package org.wasl.routes.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/** One process' message log: what is appended is committed in groups, a while later, to its node's disk. */
final class SimulatedLog implements MessageLog {

    private static final long[] COMMIT_MICROS = {150, 400, 1_000, 3_000};

    private final World world;
    private final Incarnation owner;
    private final Disk disk;
    private final Book book;
    private List<Pending> pending = new ArrayList<>();
    private boolean failed;

    SimulatedLog(World world, Incarnation owner, Book book) {
        this.world = world;
        this.owner = owner;
        this.disk = owner.node().disk();
        this.book = book;
    }

    private record Pending(LogEntry entry, Append append) {}

    /** Whoever waits for it lets others go on meanwhile. */
    private final class Append extends CompletableFuture<AppendResult> {

        @Override
        public AppendResult get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, TimeoutException {
            owner.checkAlive();
            if (!isDone() && !world.wait(owner, this::isDone, unit.toNanos(timeout), SimulatedLog.this::commit)) {
                throw new TimeoutException();
            }
            return super.get(0, unit);
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new Derived<>();
        }
    }

    /** What was made of an append. */
    private final class Derived<T> extends CompletableFuture<T> {

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            owner.checkAlive();
            if (!isDone() && !world.wait(owner, this::isDone, unit.toNanos(timeout), SimulatedLog.this::commit)) {
                throw new TimeoutException();
            }
            return super.get(0, unit);
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new Derived<>();
        }
    }

    @Override
    public CompletableFuture<AppendResult> append(LogEntry entry) {
        owner.checkAlive();
        Append append = new Append();
        if (failed || owner.node().refusesEntries()) {
            append.completeExceptionally(new LogUnavailableException("the simulated disk is full", null));
            return append;
        }
        book.appending(owner, entry);
        if (pending.isEmpty()) {
            long wait = COMMIT_MICROS[world.chance().nextInt(COMMIT_MICROS.length)] * 1_000;
            world.after(wait + owner.node().slowness(), owner, this::commit);
        }
        pending.add(new Pending(entry, append));
        if (owner.mutations().forgetsToCommit()) {
            append.complete(new AppendResult.Appended(disk.size() + pending.size() - 1L));
        }
        return append;
    }

    private void commit() {
        List<Pending> batch = pending;
        pending = new ArrayList<>();
        if (batch.isEmpty() || failed) {
            return;
        }
        owner.point();
        Node.Commit fate = owner.node().commit();
        if (fate == Node.Commit.LOST || fate == Node.Commit.KEPT_BUT_FAILED) {
            if (fate == Node.Commit.KEPT_BUT_FAILED) {
                batch.forEach(one -> write(one.entry()));
            }
            failed = true;
            world.after(world.chance().nextLong(3 * World.SECOND), owner, owner.node()::kill);
            world.note(owner, () -> "the log fails, " + batch.size() + " entries " + fate);
            batch.forEach(one ->
                    one.append().completeExceptionally(new LogUnavailableException("the simulated disk failed", null)));
            return;
        }
        List<AppendResult> results =
                batch.stream().map(one -> write(one.entry())).toList();
        // Durable, and nobody knows yet.
        owner.point();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).append().complete(results.get(i));
        }
    }

    private AppendResult write(LogEntry entry) {
        Optional<Disk.Leaf> earlier = disk.same(entry);
        if (earlier.isPresent()) {
            return new AppendResult.Duplicate(
                    earlier.get().index(), Arrays.equals(earlier.get().entry().container(), entry.container()));
        }
        Disk.Leaf leaf = disk.write(entry, world.now());
        world.note(
                owner,
                () -> "leaf " + leaf.index() + ": " + entry.direction() + " " + entry.kind() + " "
                        + Book.brief(entry.messageId()) + " of " + entry.sender()
                        + (entry.fault() == null ? "" : " " + entry.fault().wireCode()));
        book.durable(owner, leaf);
        return new AppendResult.Appended(leaf.index());
    }

    @Override
    public boolean available() {
        return !failed;
    }

    @Override
    public List<StoredMessage> messages(UUID messageId) {
        return disk.messages(messageId);
    }

    @Override
    public Optional<StoredMessage> message(MemberId member, Direction direction, UUID messageId) {
        return disk.message(member, direction, messageId);
    }

    @Override
    public Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId) {
        return disk.answer(member, direction, requestId);
    }

    @Override
    public List<StoredMessage> correlated(String correlationId, int limit) {
        return disk.correlated(correlationId, 0, limit);
    }

    @Override
    public List<StoredMessage> correlated(String correlationId, long fromIndex, int limit) {
        return disk.correlated(correlationId, fromIndex, limit);
    }

    @Override
    public List<StoredMessage> unanswered(MessageKind kind, Direction direction, long fromIndex, int limit) {
        return disk.unanswered(direction, fromIndex, limit);
    }

    @Override
    public Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID requestId) {
        return disk.about(member, direction, kind, requestId);
    }

    @Override
    public List<StoredMessage> deferred(Direction direction, long fromIndex, int limit) {
        return disk.deferred(direction, fromIndex, limit);
    }

    @Override
    public List<StoredMessage> undelivered(Direction direction, long fromIndex, int limit) {
        throw new UnsupportedOperationException("nobody hands answers on here");
    }

    @Override
    public List<StoredMessage> deliveries(long fromIndex, int limit) {
        throw new UnsupportedOperationException("nobody hands answers on here");
    }

    @Override
    public List<StoredMessage> events(
            MemberId member,
            Direction direction,
            SubsystemId publisher,
            SubsystemId consumer,
            long beforeIndex,
            int limit) {
        throw new UnsupportedOperationException("nobody publishes here");
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public byte[] root() {
        throw new UnsupportedOperationException("nobody publishes here");
    }

    @Override
    public void close() {
        // Its process is killed instead.
    }
}
