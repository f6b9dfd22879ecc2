package org.wasl.routes.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.keys.DecryptionKey;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.Registry;

/** A machine: its disk, its clock and what it knows of the registry outlive its processes. */
final class Node implements MemberKeys {

    /** What becomes of a commit. */
    enum Commit {
        DONE,
        /** Nothing was written, and the log says so. */
        LOST,
        /** All was written, though the log says that it was not. */
        KEPT_BUT_FAILED
    }

    private static final long RESTART = 3 * World.SECOND;

    private final World world;
    private final Book book;
    private final Broker broker;
    private final Scenario scenario;
    private final Mutations mutations;
    private final String name;
    private final Set<MemberId> members;
    private final Disk disk = new Disk();
    private final Clock clock = new NodeClock();
    private Registry registry = Federation.WHOLE;
    private @Nullable Incarnation process;
    private Duration skew = Duration.ZERO;
    private Commit next = Commit.DONE;
    private int pointsLeft = -1;
    private int starts;
    private int disturbed;
    private boolean refusing;
    private long slowness;
    private @Nullable FaultCode gate;

    Node(
            World world,
            Book book,
            Broker broker,
            Scenario scenario,
            Mutations mutations,
            String name,
            List<MemberId> members) {
        this.world = world;
        this.book = book;
        this.broker = broker;
        this.scenario = scenario;
        this.mutations = mutations;
        this.name = name;
        this.members = new TreeSet<>(Comparator.naturalOrder());
        this.members.addAll(members);
    }

    private final class NodeClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC only");
        }

        @Override
        public Instant instant() {
            return World.BEGIN.plusNanos(world.now()).plus(skew);
        }
    }

    void start() {
        if (process != null && process.alive()) {
            return;
        }
        starts++;
        process = new Incarnation(world, this, book, broker, scenario, mutations);
        world.note(process, () -> "starts");
        process.start();
    }

    /** The running process, if there is one. */
    Optional<Incarnation> process() {
        return Optional.ofNullable(process).filter(Incarnation::alive);
    }

    /** Kills the process; a supervisor starts the next one. */
    void kill() {
        Incarnation killed = process;
        if (killed == null || !killed.alive()) {
            return;
        }
        world.note(killed, () -> "is killed");
        disturbed++;
        killed.die();
        broker.lost(killed);
        book.died(killed);
        world.after(RESTART / 4 + world.chance().nextLong(RESTART), null, this::start);
    }

    /** One of the points at which a process may be killed is reached. */
    boolean killedHere() {
        if (pointsLeft < 0 || pointsLeft-- > 0) {
            return false;
        }
        kill();
        return true;
    }

    void killAfter(int points) {
        pointsLeft = points;
    }

    void failsNext(Commit how) {
        next = how;
    }

    Commit commit() {
        Commit how = next;
        next = Commit.DONE;
        if (how != Commit.DONE) {
            disturbed++;
        }
        return how;
    }

    void refuses(boolean whether) {
        refusing = whether;
        disturbed++;
    }

    boolean refusesEntries() {
        return refusing;
    }

    void slowness(long nanos) {
        slowness = nanos;
        disturbed++;
    }

    long slowness() {
        return slowness;
    }

    void skew(Duration by) {
        skew = by;
    }

    void registry(Registry version) {
        registry = version;
    }

    Registry registry() {
        return registry;
    }

    void gate(@Nullable FaultCode closed) {
        gate = closed;
    }

    Optional<FaultCode> gate() {
        return Optional.ofNullable(gate);
    }

    Disk disk() {
        return disk;
    }

    Clock clock() {
        return clock;
    }

    /** How many processes it has had. */
    int starts() {
        return starts;
    }

    /** How often it was killed, or its log failed it. */
    int disturbed() {
        return disturbed;
    }

    String name() {
        return name;
    }

    /** The user by which the broker knows it. */
    String brokerUser() {
        return members.size() > 1 ? "node" : members.iterator().next().dotted();
    }

    boolean speaksForAll() {
        return members.size() > 1;
    }

    @Override
    public Optional<SigningKey> messageKey(MemberId member) {
        return members.contains(member) ? Optional.of(Federation.key(member)) : Optional.empty();
    }

    @Override
    public Optional<DecryptionKey> decryptionKey(String certificateDigest) {
        return Optional.empty();
    }

    @Override
    public Set<MemberId> members() {
        return members;
    }

    @Override
    public String toString() {
        return name;
    }
}
