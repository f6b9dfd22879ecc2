package org.wasl.routes.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/** Whether the simulated disk finds what the real log finds. */
class SimulatedLogTest {

    private static final List<UUID> IDS = ids();
    private static final List<SubsystemId> SENDERS =
            List.of(Federation.WEB, Federation.LIFE.subsystem(), Federation.COURT);
    private static final List<MessageKind> KINDS = List.of(
            MessageKind.REQUEST, MessageKind.REPLY, MessageKind.FAULT, MessageKind.INTERIM, MessageKind.CANCELLATION);
    private static final List<Direction> DIRECTIONS = List.of(Direction.SENT, Direction.RECEIVED, Direction.REFUSED);

    private static List<UUID> ids() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(new UUID(0x4000L, 0x8000_0000_0000_0000L + i));
        }
        return ids;
    }

    @Test
    void queries_whenTheSameWasWritten_findTheSameAsTheRealLog(@TempDir Path directory) throws LogStoreException {
        SplittableRandom random = new SplittableRandom(8);
        Disk disk = new Disk();
        try (MessageLog log = GroupCommitMessageLog.open(
                SqliteLogStore.open(directory.resolve("wasl.db")),
                IndexKey.of(new byte[32]),
                LogSettings.defaults(),
                cause -> {})) {
            for (int i = 0; i < 400; i++) {
                LogEntry entry = entry(random, log);
                AppendResult real = log.append(entry).join();
                Optional<Disk.Leaf> same = disk.same(entry);
                if (same.isPresent()) {
                    assertThat(real).isInstanceOf(AppendResult.Duplicate.class);
                    assertThat(((AppendResult.Duplicate) real).index())
                            .isEqualTo(same.get().index());
                } else {
                    assertThat(real)
                            .isEqualTo(new AppendResult.Appended(
                                    disk.write(entry, 0).index()));
                }
                if (i % 20 == 19) {
                    assertSame(log, disk);
                }
            }
        }
    }

    private static LogEntry entry(SplittableRandom random, MessageLog log) {
        SubsystemId sender = pick(random, SENDERS);
        MessageKind kind = pick(random, KINDS);
        UUID id = pick(random, IDS);
        byte[] octets = ("container " + random.nextInt(50)).getBytes(StandardCharsets.UTF_8);
        return new LogEntry(
                pick(random, Federation.MEMBERS),
                pick(random, DIRECTIONS),
                log.now(),
                id,
                "case-" + random.nextInt(3),
                kind,
                sender,
                Federation.WEB,
                Federation.LIFE.subsystem(),
                Federation.LIFE,
                Federation.PURPOSE,
                "citizen-1",
                kind == MessageKind.REQUEST ? null : pick(random, IDS),
                log.now().plusSeconds(60),
                null,
                null,
                octets);
    }

    private static <T> T pick(SplittableRandom random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static void assertSame(MessageLog log, Disk disk) {
        for (Direction direction : List.of(Direction.SENT, Direction.RECEIVED)) {
            assertThat(indices(disk.unanswered(direction, 0, 1_000)))
                    .isEqualTo(indices(log.unanswered(MessageKind.REQUEST, direction, 0, 1_000)));
            assertThat(indices(disk.deferred(direction, 0, 1_000)))
                    .isEqualTo(indices(log.deferred(direction, 0, 1_000)));
            for (MemberId member : Federation.MEMBERS) {
                for (UUID id : IDS) {
                    assertThat(index(disk.message(member, direction, id)))
                            .isEqualTo(index(log.message(member, direction, id)));
                    assertThat(index(disk.answer(member, direction, id)))
                            .isEqualTo(index(log.answer(member, direction, id)));
                    assertThat(index(disk.about(member, direction, MessageKind.INTERIM, id)))
                            .isEqualTo(index(log.about(member, direction, MessageKind.INTERIM, id)));
                }
            }
        }
        for (UUID id : IDS) {
            assertThat(indices(disk.messages(id))).isEqualTo(indices(log.messages(id)));
        }
    }

    private static List<Long> indices(List<StoredMessage> messages) {
        return messages.stream().map(StoredMessage::index).toList();
    }

    private static Optional<Long> index(Optional<StoredMessage> message) {
        return message.map(StoredMessage::index);
    }
}
