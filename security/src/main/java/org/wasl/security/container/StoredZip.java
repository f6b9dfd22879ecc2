package org.wasl.security.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
        int size = END_BYTES;
        for (Entry entry : entries) {
            size += LOCAL_BYTES + CENTRAL_BYTES + 2 * entry.name().length() + entry.octets().length;
        }
        ByteBuffer zip = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        int[] offsets = new int[entries.size()];
        int[] checks = new int[entries.size()];
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            offsets[i] = zip.position();
            checks[i] = crc(entry.octets(), 0, entry.octets().length);
            zip.putInt(LOCAL_SIGNATURE);
            putShared(zip, entry, checks[i]);
            zip.put(entry.name().getBytes(StandardCharsets.US_ASCII));
            zip.put(entry.octets());
        }
        int central = zip.position();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            zip.putInt(CENTRAL_SIGNATURE).putShort(VERSION);
            putShared(zip, entry, checks[i]);
            // Comment, disk, internal and external attributes: none.
            zip.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
            zip.putInt(offsets[i]);
            zip.put(entry.name().getBytes(StandardCharsets.US_ASCII));
        }
        int centralSize = zip.position() - central;
        short count = (short) entries.size();
        zip.putInt(END_SIGNATURE)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(count)
                .putShort(count);
        zip.putInt(centralSize).putInt(central).putShort((short) 0);
        return zip.array();
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
