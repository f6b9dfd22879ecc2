package org.wasl.security.container;

import static org.wasl.schemas.fault.FaultCode.CONTAINER_COMPRESSED;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_DUPLICATE;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_EXTRA;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_MISSING;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_ORDER;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_NOT_ZIP;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_OVERSIZED;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ZIP_MISMATCH;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a container's zip, and only in the form that {@link StoredZip} writes: every octet of the file belongs to one
 * entry or to a directory whose every field has one right value. So no two readers can see different files in it, and
 * nobody can change a container without changing what is signed. Which entry is where is asked of the central directory
 * first, so that a fault names what a person would call wrong (an entry too many, a compressed entry) before a field.
 */
final class StrictZip {

    private static final int MAX_ENTRIES_READ = 64;

    private final byte[] octets;
    private final ByteBuffer zip;

    /**
     * One entry.
     *
     * @param name its name
     * @param octets what it holds
     * @param crcMatches whether its CRC is right; for the caller to judge, after the digests, which say more
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(String name, byte[] octets, boolean crcMatches) {}

    /** One row of the central directory. */
    private record Row(
            String name,
            int headerAt,
            int version,
            int needed,
            int flags,
            int method,
            int time,
            int date,
            int crc,
            long compressed,
            long size,
            int extra,
            int comment,
            int disk,
            int internal,
            int external,
            long offset) {}

    private StrictZip(byte[] octets) {
        this.octets = octets;
        this.zip = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The entries, in the one order that they may have. */
    static List<Entry> read(byte[] octets, ContainerLimits limits) throws Refusal {
        if (octets.length > limits.maxContainerBytes()) {
            throw Refusal.opening(
                    CONTAINER_OVERSIZED,
                    "the container has " + octets.length + " octets, more than " + limits.maxContainerBytes());
        }
        return new StrictZip(octets).entries(limits);
    }

    private List<Entry> entries(ContainerLimits limits) throws Refusal {
        int end = octets.length - StoredZip.END_BYTES;
        if (end < 0
                || zip.getInt(0) != StoredZip.LOCAL_SIGNATURE
                || zip.getInt(end) != StoredZip.END_SIGNATURE
                || zip.getInt(end + 4) != 0
                || zip.getShort(end + 20) != 0) {
            throw notZip("the file does not begin and end as a plain zip does");
        }
        int count = unsigned(zip.getShort(end + 10));
        long centralSize = Integer.toUnsignedLong(zip.getInt(end + 12));
        long central = Integer.toUnsignedLong(zip.getInt(end + 16));
        if (unsigned(zip.getShort(end + 8)) != count || central + centralSize != end) {
            throw notZip("the end record does not describe the file");
        }
        if (count > MAX_ENTRIES_READ) {
            throw Refusal.opening(CONTAINER_ENTRY_EXTRA, "the container has " + count + " entries");
        }
        List<Row> rows = rows((int) central, end, count);
        checkNames(rows);
        checkSizes(rows, limits);
        checkFields(rows);
        return contents(rows, (int) central);
    }

    private List<Row> rows(int central, int end, int count) throws Refusal {
        List<Row> rows = new ArrayList<>(count);
        int at = central;
        for (int i = 0; i < count; i++) {
            if (at + StoredZip.CENTRAL_BYTES > end || zip.getInt(at) != StoredZip.CENTRAL_SIGNATURE) {
                throw notZip("the central directory is cut short");
            }
            int nameLength = unsigned(zip.getShort(at + 28));
            int extra = unsigned(zip.getShort(at + 30));
            int comment = unsigned(zip.getShort(at + 32));
            int next = at + StoredZip.CENTRAL_BYTES + nameLength + extra + comment;
            if (next > end) {
                throw notZip("the central directory is cut short");
            }
            rows.add(new Row(
                    new String(octets, at + StoredZip.CENTRAL_BYTES, nameLength, StandardCharsets.ISO_8859_1),
                    at,
                    zip.getShort(at + 4),
                    zip.getShort(at + 6),
                    zip.getShort(at + 8),
                    zip.getShort(at + 10),
                    zip.getShort(at + 12),
                    zip.getShort(at + 14),
                    zip.getInt(at + 16),
                    Integer.toUnsignedLong(zip.getInt(at + 20)),
                    Integer.toUnsignedLong(zip.getInt(at + 24)),
                    extra,
                    comment,
                    zip.getShort(at + 34),
                    zip.getShort(at + 36),
                    zip.getInt(at + 38),
                    Integer.toUnsignedLong(zip.getInt(at + 42))));
            at = next;
        }
        if (at != end) {
            throw notZip("there is something between the central directory and the end record");
        }
        return rows;
    }

    private static void checkNames(List<Row> rows) throws Refusal {
        List<String> names = rows.stream().map(Row::name).toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw Refusal.opening(CONTAINER_ENTRY_DUPLICATE, "an entry is there twice: " + printable(name));
            }
        }
        boolean binary = names.contains(EntryNames.PAYLOAD_BIN) && !names.contains(EntryNames.PAYLOAD_XML);
        List<String> expected = EntryNames.inOrder(binary ? EntryNames.PAYLOAD_BIN : EntryNames.PAYLOAD_XML);
        for (String name : names) {
            if (!expected.contains(name)) {
                throw Refusal.opening(CONTAINER_ENTRY_EXTRA, "an entry does not belong here: " + printable(name));
            }
        }
        for (String name : expected) {
            if (!seen.contains(name)) {
                throw Refusal.opening(CONTAINER_ENTRY_MISSING, "there is no entry " + name);
            }
        }
        if (!names.equals(expected)) {
            throw Refusal.opening(CONTAINER_ENTRY_ORDER, "the entries must be in the order " + expected);
        }
    }

    private static void checkSizes(List<Row> rows, ContainerLimits limits) throws Refusal {
        for (Row row : rows) {
            int limit =
                    switch (row.name()) {
                        case EntryNames.PAYLOAD_XML, EntryNames.PAYLOAD_BIN -> limits.maxPayloadBytes();
                        case EntryNames.SIGNATURES -> limits.maxSignatureBytes();
                        default -> limits.maxHeaderBytes();
                    };
            if (row.size() > limit) {
                throw Refusal.opening(
                        CONTAINER_OVERSIZED, row.name() + " claims " + row.size() + " octets, more than " + limit);
            }
        }
    }

    private static void checkFields(List<Row> rows) throws Refusal {
        for (Row row : rows) {
            if (row.method() != StoredZip.METHOD_STORED) {
                throw Refusal.opening(CONTAINER_COMPRESSED, row.name() + " is compressed; entries must be stored");
            }
            if (row.version() != StoredZip.VERSION || row.needed() != StoredZip.VERSION || row.flags() != 0) {
                throw notZip(row.name() + " has flags or a version that a stored entry does not need");
            }
            if (row.time() != StoredZip.TIME || row.date() != StoredZip.DATE) {
                throw notZip(row.name() + " has a time of its own; the signed header says when");
            }
            if (row.extra() != 0 || row.comment() != 0) {
                throw notZip(row.name() + " has an extra field or a comment");
            }
            if (row.disk() != 0 || row.internal() != 0 || row.external() != 0) {
                throw notZip(row.name() + " has attributes");
            }
            if (row.compressed() != row.size()) {
                throw Refusal.opening(CONTAINER_ZIP_MISMATCH, row.name() + " has two sizes");
            }
        }
    }

    /** Walks the entries themselves: contiguous from the first octet to the directory, and as the directory has them. */
    private List<Entry> contents(List<Row> rows, int central) throws Refusal {
        List<Entry> entries = new ArrayList<>(rows.size());
        long at = 0;
        for (Row row : rows) {
            long data = at + StoredZip.LOCAL_BYTES + row.name().length();
            if (row.offset() != at || data + row.size() > central) {
                throw mismatch(row, "is not where the central directory has it");
            }
            int local = (int) at;
            if (zip.getInt(local) != StoredZip.LOCAL_SIGNATURE) {
                throw mismatch(row, "has no local header");
            }
            // From the version needed to the length of the extra field the two headers have the same layout.
            int shared = StoredZip.LOCAL_BYTES - 4;
            if (!Arrays.equals(
                    octets, local + 4, local + 4 + shared, octets, row.headerAt() + 6, row.headerAt() + 6 + shared)) {
                throw mismatch(row, "has a local header that differs from the central directory");
            }
            String localName =
                    new String(octets, local + StoredZip.LOCAL_BYTES, row.name().length(), StandardCharsets.ISO_8859_1);
            if (!localName.equals(row.name())) {
                throw mismatch(row, "has another name in its local header");
            }
            int from = (int) data;
            int length = (int) row.size();
            entries.add(new Entry(
                    row.name(),
                    Arrays.copyOfRange(octets, from, from + length),
                    StoredZip.crc(octets, from, length) == row.crc()));
            at = data + length;
        }
        if (at != central) {
            throw Refusal.opening(CONTAINER_ZIP_MISMATCH, "there is something between the entries and their directory");
        }
        return entries;
    }

    private static Refusal mismatch(Row row, String what) {
        return Refusal.opening(CONTAINER_ZIP_MISMATCH, row.name() + " " + what);
    }

    private static Refusal notZip(String detail) {
        return Refusal.opening(CONTAINER_NOT_ZIP, detail);
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    /** A foreign entry's name is somebody else's text: short, and ASCII only. */
    private static String printable(String name) {
        String cut = name.length() > 60 ? name.substring(0, 60) : name;
        return cut.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
