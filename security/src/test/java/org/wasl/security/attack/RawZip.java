package org.wasl.security.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** A zip written by somebody who lies: every field of every header can be set, and octets can stand anywhere. */
final class RawZip {

    private static final byte[] NOTHING = new byte[0];
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;

    /** A field: where it stands in the local header, in the central one (-1: it does not), and how wide it is. */
    enum Field {
        MADE_BY(-1, 4, 2),
        NEEDED(4, 6, 2),
        FLAGS(6, 8, 2),
        METHOD(8, 10, 2),
        TIME(10, 12, 2),
        DATE(12, 14, 2),
        CRC(14, 16, 4),
        COMPRESSED(18, 20, 4),
        SIZE(22, 24, 4),
        NAME_LENGTH(26, 28, 2),
        EXTRA_LENGTH(28, 30, 2),
        COMMENT_LENGTH(-1, 32, 2),
        DISK(-1, 34, 2),
        INTERNAL(-1, 36, 2),
        EXTERNAL(-1, 38, 4),
        OFFSET(-1, 42, 4);

        private final int local;
        private final int central;
        private final int width;

        Field(int local, int central, int width) {
            this.local = local;
            this.central = central;
            this.width = width;
        }

        boolean isLocal() {
            return local >= 0;
        }
    }

    private record Lie(int at, int width, long value) {}

    /** One entry, with what is told about it. */
    static final class Entry {
        byte[] localName;
        byte[] centralName;
        byte[] octets;
        byte[] localExtra = NOTHING;
        byte[] centralExtra = NOTHING;
        byte[] comment = NOTHING;
        byte[] descriptor = NOTHING;
        private final List<Lie> localLies = new ArrayList<>();
        private final List<Lie> centralLies = new ArrayList<>();

        Entry(byte[] name, byte[] octets) {
            this.localName = name;
            this.centralName = name;
            this.octets = octets;
        }

        Entry name(byte[] name) {
            localName = name;
            centralName = name;
            return this;
        }

        Entry local(Field field, long value) {
            localLies.add(new Lie(field.local, field.width, value));
            return this;
        }

        Entry central(Field field, long value) {
            centralLies.add(new Lie(field.central, field.width, value));
            return this;
        }

        Entry both(Field field, long value) {
            return local(field, value).central(field, value);
        }
    }

    final List<Entry> entries = new ArrayList<>();
    byte[] before = NOTHING;
    byte[] beforeDirectory = NOTHING;
    byte[] beforeEnd = NOTHING;
    byte[] comment = NOTHING;
    byte[] after = NOTHING;
    private final List<Lie> endLies = new ArrayList<>();

    private RawZip() {}

    /** Takes a plain zip of stored entries apart. */
    static RawZip of(byte[] octets) {
        ByteBuffer zip = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        RawZip raw = new RawZip();
        int at = 0;
        while (zip.getInt(at) == 0x04034b50) {
            int size = zip.getInt(at + 22);
            int data = at + LOCAL_BYTES + zip.getShort(at + 26);
            raw.add(Arrays.copyOfRange(octets, at + LOCAL_BYTES, data), Arrays.copyOfRange(octets, data, data + size));
            at = data + size;
        }
        return raw;
    }

    Entry add(String name, byte[] octets) {
        return add(name.getBytes(StandardCharsets.UTF_8), octets);
    }

    Entry add(byte[] name, byte[] octets) {
        Entry entry = new Entry(name, octets);
        entries.add(entry);
        return entry;
    }

    Entry entry(String name) {
        return entries.stream()
                .filter(e -> Arrays.equals(e.centralName, name.getBytes(StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow();
    }

    /** Lies in the end record: disk 4, disk of directory 6, entries here 8, entries 10, size 12, offset 16. */
    RawZip end(int at, int width, long value) {
        endLies.add(new Lie(at, width, value));
        return this;
    }

    byte[] write() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(before);
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            int offset = file.size();
            file.writeBytes(local(entry));
            file.writeBytes(entry.localName);
            file.writeBytes(entry.localExtra);
            file.writeBytes(entry.octets);
            file.writeBytes(entry.descriptor);
            directory.writeBytes(central(entry, offset));
            directory.writeBytes(entry.centralName);
            directory.writeBytes(entry.centralExtra);
            directory.writeBytes(entry.comment);
        }
        file.writeBytes(beforeDirectory);
        int start = file.size();
        file.writeBytes(directory.toByteArray());
        file.writeBytes(beforeEnd);
        ByteBuffer end = buffer(END_BYTES).putInt(0x06054b50).putInt(0);
        end.putShort((short) entries.size()).putShort((short) entries.size());
        end.putInt(directory.size()).putInt(start).putShort((short) comment.length);
        file.writeBytes(told(end, endLies));
        file.writeBytes(comment);
        file.writeBytes(after);
        return file.toByteArray();
    }

    private static byte[] local(Entry entry) {
        ByteBuffer header = buffer(LOCAL_BYTES).putInt(0x04034b50);
        shared(header, entry, entry.localName, entry.localExtra);
        return told(header, entry.localLies);
    }

    private static byte[] central(Entry entry, int offset) {
        ByteBuffer header = buffer(CENTRAL_BYTES).putInt(0x02014b50).putShort((short) 10);
        shared(header, entry, entry.centralName, entry.centralExtra);
        header.putShort((short) entry.comment.length);
        header.putInt(42, offset);
        return told(header, entry.centralLies);
    }

    private static void shared(ByteBuffer header, Entry entry, byte[] name, byte[] extra) {
        CRC32 crc = new CRC32();
        crc.update(entry.octets);
        header.putShort((short) 10)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0x21);
        header.putInt((int) crc.getValue()).putInt(entry.octets.length).putInt(entry.octets.length);
        header.putShort((short) name.length).putShort((short) extra.length);
    }

    private static byte[] told(ByteBuffer header, List<Lie> lies) {
        for (Lie lie : lies) {
            if (lie.width() == 2) {
                header.putShort(lie.at(), (short) lie.value());
            } else {
                header.putInt(lie.at(), (int) lie.value());
            }
        }
        return header.array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
