package org.wasl.security.container;

import static org.wasl.schemas.fault.FaultCode.CONTAINER_NOT_ZIP;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_OVERSIZED;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ZIP_MISMATCH;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.wasl.schemas.fault.FaultCode;

/**
 * A container with its document taken out: everything but the octets of {@code payload.bin}, as a container whose
 * {@code payload.bin} is empty. Taking out changes nothing but the document's CRC and its sizes, and by its length the
 * places of what stands behind it, and all of these are checked first. So the strict rules for a card are the strict
 * rules for the whole, and a card and a document belong to exactly one file.
 *
 * @param octets the card
 * @param documentAt at which octet the document begins, in card and file alike
 * @param documentLength how many octets the document has
 * @param documentCrc the document's CRC as the file states it; nothing says that it is right
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DocumentCard(byte[] octets, int documentAt, long documentLength, int documentCrc) {

    private static final int CRC_IN_LOCAL = 14;
    private static final int CRC_IN_CENTRAL = 16;
    private static final int OFFSET_IN_CENTRAL = 42;
    private static final int SIZE_AFTER_CRC = 8;
    private static final int CENTRAL_OFFSET_IN_END = 16;

    /** Room for what stands beside header, manifest and signatures: zip headers, and a directory of some entries. */
    private static final int ZIP_ROOM_BYTES = 4 * 1024;

    /** Where the directory's row of the document stands. */
    private record Row(int at, int crc, long size, long headerAt) {}

    /** Takes the document out of a whole container; reads only what stands before and behind it. */
    static DocumentCard of(ContainerContent whole, ContainerLimits limits) throws Refusal, IOException {
        long length = whole.length();
        if (length > limits.maxContainerBytes()) {
            throw oversized("the container has " + length + " octets, more than " + limits.maxContainerBytes());
        }
        int tailRoom = limits.maxSignatureBytes() + ZIP_ROOM_BYTES;
        long tailAt = Math.max(0, length - tailRoom);
        ByteBuffer tail = littleEndian(whole.octets(tailAt, (int) (length - tailAt)));
        int end = tail.capacity() - StoredZip.END_BYTES;
        if (end < 0 || tail.getInt(end) != StoredZip.END_SIGNATURE) {
            throw notZip("the file does not end as a plain zip does");
        }
        long central = Integer.toUnsignedLong(tail.getInt(end + CENTRAL_OFFSET_IN_END)) - tailAt;
        if (central < 0 || central > end) {
            throw notZip("the end record does not describe the file");
        }
        Row row = documentRow(tail, (int) central, end);
        if (row.size() > limits.maxPayloadBytes()) {
            throw oversized(EntryNames.PAYLOAD_BIN + " claims " + row.size() + " octets, more than "
                    + limits.maxPayloadBytes());
        }
        long documentAt = row.headerAt() + StoredZip.LOCAL_BYTES + EntryNames.PAYLOAD_BIN.length();
        if (documentAt > 2L * limits.maxHeaderBytes() + ZIP_ROOM_BYTES) {
            throw oversized("what stands before the document is larger than it may be");
        }
        if (documentAt + row.size() > tailAt + central) {
            throw mismatch("is not where the central directory has it");
        }
        long behind = documentAt + row.size();
        if (behind < tailAt) {
            throw notZip("what stands behind the document is larger than it may be");
        }
        ByteBuffer head = littleEndian(whole.octets(0, (int) documentAt));
        checkLocal(head, (int) row.headerAt(), row);
        return cut(head, tail, (int) (behind - tailAt), row);
    }

    private static Row documentRow(ByteBuffer tail, int central, int end) throws Refusal {
        int at = central;
        while (at + StoredZip.CENTRAL_BYTES <= end && tail.getInt(at) == StoredZip.CENTRAL_SIGNATURE) {
            int nameLength = Short.toUnsignedInt(tail.getShort(at + 28));
            int beside = Short.toUnsignedInt(tail.getShort(at + 30)) + Short.toUnsignedInt(tail.getShort(at + 32));
            int next = at + StoredZip.CENTRAL_BYTES + nameLength + beside;
            if (next > end) {
                throw notZip("the central directory is cut short");
            }
            byte[] name = new byte[nameLength];
            tail.get(at + StoredZip.CENTRAL_BYTES, name);
            if (new String(name, StandardCharsets.ISO_8859_1).equals(EntryNames.PAYLOAD_BIN)) {
                int crc = tail.getInt(at + CRC_IN_CENTRAL);
                long compressed = Integer.toUnsignedLong(tail.getInt(at + CRC_IN_CENTRAL + 4));
                long size = Integer.toUnsignedLong(tail.getInt(at + CRC_IN_CENTRAL + SIZE_AFTER_CRC));
                if (compressed != size) {
                    throw mismatch("has two sizes");
                }
                return new Row(at, crc, size, Integer.toUnsignedLong(tail.getInt(at + OFFSET_IN_CENTRAL)));
            }
            at = next;
        }
        throw Refusal.opening(FaultCode.CONTAINER_ENTRY_MISSING, "there is no entry " + EntryNames.PAYLOAD_BIN);
    }

    private static void checkLocal(ByteBuffer head, int at, Row row) throws Refusal {
        boolean same = head.getInt(at) == StoredZip.LOCAL_SIGNATURE
                && head.getInt(at + CRC_IN_LOCAL) == row.crc()
                && head.getInt(at + CRC_IN_LOCAL + 4) == (int) row.size()
                && head.getInt(at + CRC_IN_LOCAL + SIZE_AFTER_CRC) == (int) row.size();
        if (!same) {
            throw mismatch("has a local header that differs from the central directory");
        }
    }

    private static DocumentCard cut(ByteBuffer head, ByteBuffer tail, int behind, Row row) throws Refusal {
        int length = head.capacity() + tail.capacity() - behind;
        ByteBuffer card = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        card.put(head.array()).put(tail.array(), behind, tail.capacity() - behind);
        int moved = head.capacity() - behind;
        state(card, (int) row.headerAt() + CRC_IN_LOCAL, 0, 0);
        state(card, row.at() + moved + CRC_IN_CENTRAL, 0, 0);
        move(card, row.headerAt(), -row.size());
        return new DocumentCard(card.array(), head.capacity(), row.size(), row.crc());
    }

    /** The whole's octets before the document, for a card whose document has this length and CRC. */
    static byte[] head(byte[] card, long length, int crc) {
        int at = documentAt(card);
        ByteBuffer whole = stated(card, at, length, crc);
        byte[] head = new byte[at];
        whole.get(0, head);
        return head;
    }

    /** The whole's octets behind the document. */
    static byte[] tail(byte[] card, long length, int crc) {
        int at = documentAt(card);
        ByteBuffer whole = stated(card, at, length, crc);
        byte[] tail = new byte[card.length - at];
        whole.get(at, tail);
        return tail;
    }

    private static ByteBuffer stated(byte[] card, int documentAt, long length, int crc) {
        ByteBuffer whole = littleEndian(card.clone());
        int headerAt = documentAt - StoredZip.LOCAL_BYTES - EntryNames.PAYLOAD_BIN.length();
        int end = card.length - StoredZip.END_BYTES;
        try {
            Row row = documentRow(whole, whole.getInt(end + CENTRAL_OFFSET_IN_END), end);
            state(whole, headerAt + CRC_IN_LOCAL, crc, length);
            state(whole, row.at() + CRC_IN_CENTRAL, crc, length);
            move(whole, headerAt, length);
        } catch (Refusal refusal) {
            throw new IllegalStateException("what was written just now is no card", refusal);
        }
        return whole;
    }

    /** At which octet the document of a card that we wrote begins. */
    static int documentAt(byte[] card) {
        ByteBuffer zip = littleEndian(card);
        int end = card.length - StoredZip.END_BYTES;
        try {
            Row row = documentRow(zip, zip.getInt(end + CENTRAL_OFFSET_IN_END), end);
            return (int) row.headerAt() + StoredZip.LOCAL_BYTES + EntryNames.PAYLOAD_BIN.length();
        } catch (Refusal refusal) {
            throw new IllegalStateException("what was written just now is no card", refusal);
        }
    }

    private static void state(ByteBuffer zip, int crcAt, int crc, long length) {
        zip.putInt(crcAt, crc).putInt(crcAt + 4, (int) length).putInt(crcAt + SIZE_AFTER_CRC, (int) length);
    }

    /** Moves the places of the entries behind the document, and of the directory, by the document's length. */
    private static void move(ByteBuffer zip, long headerAt, long by) throws Refusal {
        int end = zip.capacity() - StoredZip.END_BYTES;
        int central = zip.getInt(end + CENTRAL_OFFSET_IN_END) + (int) Math.min(by, 0);
        zip.putInt(end + CENTRAL_OFFSET_IN_END, zip.getInt(end + CENTRAL_OFFSET_IN_END) + (int) by);
        int at = central;
        while (at + StoredZip.CENTRAL_BYTES <= end && zip.getInt(at) == StoredZip.CENTRAL_SIGNATURE) {
            long offset = Integer.toUnsignedLong(zip.getInt(at + OFFSET_IN_CENTRAL));
            if (offset > headerAt) {
                zip.putInt(at + OFFSET_IN_CENTRAL, (int) (offset + by));
            }
            at += StoredZip.CENTRAL_BYTES
                    + Short.toUnsignedInt(zip.getShort(at + 28))
                    + Short.toUnsignedInt(zip.getShort(at + 30))
                    + Short.toUnsignedInt(zip.getShort(at + 32));
        }
        if (at != end) {
            throw notZip("there is something between the central directory and the end record");
        }
    }

    private static ByteBuffer littleEndian(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Refusal mismatch(String what) {
        return Refusal.opening(CONTAINER_ZIP_MISMATCH, EntryNames.PAYLOAD_BIN + " " + what);
    }

    private static Refusal oversized(String detail) {
        return Refusal.opening(CONTAINER_OVERSIZED, detail);
    }

    private static Refusal notZip(String detail) {
        return Refusal.opening(CONTAINER_NOT_ZIP, detail);
    }
}
