package org.wasl.messagelog.commit;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.wasl.messagelog.AppendResult.Appended;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.SqliteLogStore;

/** Appends from eight threads until it is killed or the log fails; prints what was acknowledged. */
final class AppendingProcess {

    static final IndexKey KEY = IndexKey.of(new byte[32]);
    private static final int CALLERS = 8;
    private static final int CONTAINER_BYTES = 4_096;

    private AppendingProcess() {}

    public static void main(String[] arguments) throws Exception {
        GroupCommitMessageLog log = GroupCommitMessageLog.open(
                SqliteLogStore.open(Path.of(arguments[0])),
                KEY,
                LogSettings.defaults(),
                cause -> System.out.println("alarm"));
        System.out.println("open " + log.size());
        Thread[] callers = new Thread[CALLERS];
        for (int i = 0; i < CALLERS; i++) {
            callers[i] = new Thread(() -> appendUntilItFails(log));
            callers[i].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        System.out.println("available " + log.available());
        log.close();
    }

    private static void appendUntilItFails(GroupCommitMessageLog log) {
        try {
            while (true) {
                UUID id = UUID.randomUUID();
                LogEntry entry = Entries.withContainer(
                        Entries.request(Entries.PORTAL, Direction.SENT, id), new byte[CONTAINER_BYTES]);
                Appended appended = (Appended) log.append(entry).join();
                System.out.println("ack " + appended.index() + " " + id);
                if (appended.index() % 3 != 0) {
                    LogEntry reply = Entries.reply(Entries.PORTAL, Direction.RECEIVED, id);
                    appended = (Appended) log.append(reply).join();
                    System.out.println("ack " + appended.index() + " " + reply.messageId());
                }
            }
        } catch (CompletionException e) {
            System.out.println("refused " + e.getCause().getClass().getSimpleName());
        }
    }
}
