package org.wasl.messagelog.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.security.container.ContainerContent;

/** A container with a document to log: nothing of it is signed, but the document stands where it does in one. */
final class DocumentEntries {

    private final UUID id = UUID.randomUUID();
    private final byte[] card;
    private final byte[] whole;

    DocumentEntries(int size) {
        byte[] document = new byte[size];
        new Random(size).nextBytes(document);
        this.card = zip(new byte[0]);
        this.whole = zip(document);
    }

    UUID id() {
        return id;
    }

    byte[] card() {
        return card;
    }

    byte[] whole() {
        return whole;
    }

    LogEntry entry() {
        return entry(ContainerContent.of(whole));
    }

    LogEntry entry(ContainerContent content) {
        LogEntry reply = Entries.reply(Entries.CSPD, Direction.SENT, UUID.randomUUID());
        return new LogEntry(
                reply.member(),
                reply.direction(),
                reply.at(),
                id,
                reply.correlationId(),
                reply.kind(),
                reply.sender(),
                reply.consumer(),
                reply.provider(),
                reply.service(),
                reply.purpose(),
                reply.actor(),
                reply.inReplyTo(),
                reply.expires(),
                reply.subject(),
                null,
                card,
                List.of(),
                content);
    }

    private byte[] zip(byte[] document) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(octets)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "header.xml", Entries.octets("header of " + id));
            put(zip, "payload.bin", document);
            put(zip, "META-INF/signatures.xml", Entries.octets("signature of " + id));
        } catch (IOException e) {
            throw new AssertionError("a zip in memory can be written", e);
        }
        return octets.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] octets) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(octets);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
        entry.setSize(octets.length);
        entry.setCompressedSize(octets.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(octets);
        zip.closeEntry();
    }

    /** A container whose file is gone. */
    static final class Unreadable implements ContainerContent {
        @Override
        public long length() {
            return 1_000;
        }

        @Override
        public InputStream open(long from) throws IOException {
            throw new IOException("gone");
        }
    }
}
