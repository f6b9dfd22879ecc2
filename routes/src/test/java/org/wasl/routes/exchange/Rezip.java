package org.wasl.routes.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/** Writes a container's stored zip anew with something changed, every field of the zip right again. */
final class Rezip {

    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;

    private final byte[] localHeader;
    private final byte[] centralHeader;
    private final byte[] end;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private Rezip(byte[] octets) {
        ByteBuffer zip = buffer(octets);
        end = slice(octets, octets.length - END_BYTES, END_BYTES);
        int central = zip.getInt(octets.length - END_BYTES + 16);
        localHeader = slice(octets, 0, LOCAL_BYTES);
        centralHeader = slice(octets, central, CENTRAL_BYTES);
        int at = 0;
        while (at < central) {
            int size = zip.getInt(at + 18);
            int nameLength = zip.getShort(at + 26);
            String name = new String(octets, at + LOCAL_BYTES, nameLength, StandardCharsets.US_ASCII);
            entries.put(name, slice(octets, at + LOCAL_BYTES + nameLength, size));
            at += LOCAL_BYTES + nameLength + size;
        }
    }

    /** The zip with the text of one entry changed. */
    static byte[] change(byte[] octets, String name, UnaryOperator<String> change) {
        Rezip zip = new Rezip(octets);
        String text = new String(zip.entries.get(name), StandardCharsets.UTF_8);
        String changed = change.apply(text);
        if (changed.equals(text)) {
            throw new AssertionError("nothing was changed in " + name);
        }
        zip.entries.put(name, changed.getBytes(StandardCharsets.UTF_8));
        return zip.write();
    }

    /** The zip with one more entry at its end. */
    static byte[] add(byte[] octets, String name, String text) {
        Rezip zip = new Rezip(octets);
        zip.entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return zip.write();
    }

    private byte[] write() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        entries.forEach((name, content) -> {
            byte[] nameOctets = name.getBytes(StandardCharsets.US_ASCII);
            CRC32 crc = new CRC32();
            crc.update(content);
            ByteBuffer central = buffer(centralHeader.clone());
            sizes(central, 16, (int) crc.getValue(), content.length, nameOctets.length);
            central.putInt(42, file.size());
            directory.writeBytes(central.array());
            directory.writeBytes(nameOctets);
            ByteBuffer local = buffer(localHeader.clone());
            sizes(local, 14, (int) crc.getValue(), content.length, nameOctets.length);
            file.writeBytes(local.array());
            file.writeBytes(nameOctets);
            file.writeBytes(content);
        });
        ByteBuffer last = buffer(end.clone());
        last.putShort(8, (short) entries.size());
        last.putShort(10, (short) entries.size());
        last.putInt(12, directory.size());
        last.putInt(16, file.size());
        file.writeBytes(directory.toByteArray());
        file.writeBytes(last.array());
        return file.toByteArray();
    }

    private static void sizes(ByteBuffer header, int at, int crc, int size, int nameLength) {
        header.putInt(at, crc).putInt(at + 4, size).putInt(at + 8, size).putShort(at + 12, (short) nameLength);
    }

    private static byte[] slice(byte[] octets, int from, int length) {
        return java.util.Arrays.copyOfRange(octets, from, from + length);
    }

    private static ByteBuffer buffer(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }
}
