package org.wasl.security.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes the plainest zip there is: stored entries one after the other, no extra fields, comments, attributes or data
 * descriptors, and one fixed time. So the same entries always give the same octets.
 */
final class StoredZip {

    static final int LOCAL_SIGNATURE = 0x04034b50;
    static final int CENTRAL_SIGNATURE = 0x02014b50;
    static final int END_SIGNATURE = 0x06054b50;
    static final int LOCAL_BYTES = 30;
    /** Where in a local header the size stands. */
    private static final int LOCAL_SIZE_AT = 22;

    static final int CENTRAL_BYTES = 46;
    static final int END_BYTES = 22;
    /** Version 1.0: all that stored entries need. */
    static final short VERSION = 10;

    static final short METHOD_STORED = 0;
    static final short TIME = 0;
    /** 1980-01-01, the earliest that a zip can say: the signed header says when. */
    static final short DATE = 0x21;

    /** One entry to write. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(String name, byte[] octets) {}

    private StoredZip() {}

    static byte[] write(List<Entry> entries) {
        int size = directoryBytes(entries);
        for (Entry entry : entries) {
            size += LOCAL_BYTES + entry.name().length() + entry.octets().length;
        }
        ByteBuffer zip = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        int[] checks = new int[entries.size()];
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            checks[i] = crc(entry.octets(), 0, entry.octets().length);
            putLocal(zip, entry, checks[i]);
            zip.put(entry.octets());
        }
        putDirectory(zip, entries, checks);
        return zip.array();
    }

    /** How long the central directory and the end record of these entries are. */
    private static int directoryBytes(List<Entry> entries) {
        int size = END_BYTES;
        for (Entry entry : entries) {
            size += CENTRAL_BYTES + entry.name().length();
        }
        return size;
    }

    /**
     * The entries of these octets, if {@link #write} wrote them with these names: then octets and entries say the same.
     *
     * @param names the entries' names, in their order
     */
    static List<Entry> readWritten(byte[] octets, List<String> names) throws NotByTemplate {
        ByteBuffer zip = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        List<Entry> entries = new ArrayList<>(names.size());
        int[] checks = new int[names.size()];
        int at = 0;
        for (int i = 0; i < names.size(); i++) {
            int from = at + LOCAL_BYTES + names.get(i).length();
            if (from > octets.length) {
                throw new NotByTemplate();
            }
            int length = zip.getInt(at + LOCAL_SIZE_AT);
            if (length < 0 || length > octets.length - from) {
                throw new NotByTemplate();
            }
            Entry entry = new Entry(names.get(i), Arrays.copyOfRange(octets, from, from + length));
            checks[i] = crc(octets, from, length);
            ByteBuffer local = ByteBuffer.allocate(from - at).order(ByteOrder.LITTLE_ENDIAN);
            putLocal(local, entry, checks[i]);
            if (!Arrays.equals(octets, at, from, local.array(), 0, from - at)) {
                throw new NotByTemplate();
            }
            entries.add(entry);
            at = from + length;
        }
        int size = directoryBytes(entries);
        if (octets.length - at != size) {
            throw new NotByTemplate();
        }
        ByteBuffer directory = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        putDirectory(directory, entries, checks);
        if (!Arrays.equals(octets, at, octets.length, directory.array(), 0, size)) {
            throw new NotByTemplate();
        }
        return entries;
    }

    private static void putLocal(ByteBuffer zip, Entry entry, int crc) {
        zip.putInt(LOCAL_SIGNATURE);
        putShared(zip, entry, crc);
        putName(zip, entry);
    }

    private static void putDirectory(ByteBuffer zip, List<Entry> entries, int[] checks) {
        int offset = 0;
        int size = -END_BYTES + directoryBytes(entries);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            zip.putInt(CENTRAL_SIGNATURE).putShort(VERSION);
            putShared(zip, entry, checks[i]);
            // Comment, disk, internal and external attributes: none.
            zip.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
            zip.putInt(offset);
            putName(zip, entry);
            offset += LOCAL_BYTES + entry.name().length() + entry.octets().length;
        }
        short count = (short) entries.size();
        zip.putInt(END_SIGNATURE)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(count)
                .putShort(count);
        zip.putInt(size).putInt(offset).putShort((short) 0);
    }

    private static void putName(ByteBuffer zip, Entry entry) {
        for (int i = 0; i < entry.name().length(); i++) {
            zip.put((byte) entry.name().charAt(i));
        }
    }

    /** The 26 octets that a local header and a central one have in common. */
    private static void putShared(ByteBuffer zip, Entry entry, int crc) {
        zip.putShort(VERSION)
                .putShort((short) 0)
                .putShort(METHOD_STORED)
                .putShort(TIME)
                .putShort(DATE);
        zip.putInt(crc).putInt(entry.octets().length).putInt(entry.octets().length);
        zip.putShort((short) entry.name().length()).putShort((short) 0);
    }

    static int crc(byte[] octets, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(octets, offset, length);
        return (int) crc.getValue();
    }
}
