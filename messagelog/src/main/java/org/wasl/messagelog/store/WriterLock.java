package org.wasl.messagelog.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by the one process that writes a log: a lock on a file beside it, which the system drops with the process. */
final class WriterLock implements AutoCloseable {

    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    static WriterLock take(Path file) throws IOException, LogStoreException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = channel.tryLock();
            taken = lock != null;
        } catch (OverlappingFileLockException e) {
            throw new LogStoreException("this process has the log open already: " + file, e);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new LogStoreException("another process has the log open: " + file);
        }
        return new WriterLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
