package org.wasl.agencies.moj;

import java.util.regex.Pattern;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.wasl.agencies.server.Reads;

/** Counts the partitions that are opened; CURRENT and MANIFEST disclose nobody. */
final class PartitionLedger implements SftpEventListener {

    private static final Pattern PARTITION = Pattern.compile("(status|attachments)-[0-9]{2}\\.csv");

    private final Reads reads;

    PartitionLedger(Reads reads) {
        this.reads = reads;
    }

    @Override
    public void open(ServerSession session, String remoteHandle, Handle localHandle) {
        if (localHandle instanceof FileHandle
                && PARTITION
                        .matcher(localHandle.getFile().getFileName().toString())
                        .matches()) {
            reads.record(localHandle.getFile().getFileName().toString());
        }
    }
}
