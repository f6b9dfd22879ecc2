package org.wasl.messagelog.compact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in a container its entries stand. They are stored as they are, so a container is its entries' octets with a little
 * between them. What is no container of ours has no parts; nothing here decides whether a container is genuine.
 */
final class ContainerParts {

    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int METHOD_AT = 8;
    private static final int SIZES_AT = 18;
    private static final int NAME_LENGTH_AT = 26;
    private static final int MAX_ENTRIES = 16;
    private static final int MAX_NAME = 64;

    private ContainerParts() {}

    /** One entry: its octets are those from {@code from} on. */
    record Part(String name, int from, int length) {

        boolean isPayload() {
            return name.startsWith("payload.");
        }

        int end() {
            return from + length;
        }
    }

    static List<Part> of(byte[] container) {
        List<Part> parts = new ArrayList<>();
        ByteBuffer zip = ByteBuffer.wrap(container).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + LOCAL_BYTES <= container.length && zip.getInt(at) == LOCAL_SIGNATURE) {
            int size = zip.getInt(at + SIZES_AT);
            int nameLength = zip.getShort(at + NAME_LENGTH_AT);
            int extraLength = zip.getShort(at + NAME_LENGTH_AT + Short.BYTES);
            int from = at + LOCAL_BYTES + nameLength;
            boolean plain = zip.getShort(at + METHOD_AT) == 0
                    && size == zip.getInt(at + SIZES_AT + Integer.BYTES)
                    && extraLength == 0
                    && nameLength > 0
                    && nameLength <= MAX_NAME
                    && size >= 0
                    && from <= container.length - size;
            if (!plain || parts.size() == MAX_ENTRIES) {
                return List.of();
            }
            parts.add(new Part(
                    new String(container, at + LOCAL_BYTES, nameLength, StandardCharsets.US_ASCII), from, size));
            at = from + size;
        }
        return parts;
    }
}
