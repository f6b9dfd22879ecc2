package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.CONTAINER_COMPRESSED;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_EXTRA;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_NOT_ZIP;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_OVERSIZED;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ZIP_MISMATCH;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Forger.utf8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.attack.RawZip.Entry;
import org.wasl.security.attack.RawZip.Field;

/** The two headers of an entry, the end record and the octets between them, each told differently. */
final class ZipFieldAttacks {

    private ZipFieldAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(fields(), centralFields(), flags(), endRecord(), between(), zip64(), extras())
                .flatMap(s -> s);
    }

    /** A lie about one field, in the local header, in the directory, in both. */
    private static Stream<Attack> fields() {
        List<Attack> all = new ArrayList<>();
        all.addAll(lie("version", Field.NEEDED, 20, CONTAINER_NOT_ZIP, CONTAINER_NOT_ZIP));
        all.addAll(lie("version of zip64", Field.NEEDED, 45, CONTAINER_NOT_ZIP, CONTAINER_NOT_ZIP));
        all.addAll(lie("method deflate", Field.METHOD, 8, CONTAINER_COMPRESSED, CONTAINER_COMPRESSED));
        all.addAll(lie("method of AES", Field.METHOD, 99, CONTAINER_COMPRESSED, CONTAINER_COMPRESSED));
        all.addAll(lie("time", Field.TIME, 1, CONTAINER_NOT_ZIP, CONTAINER_NOT_ZIP));
        all.addAll(lie("date", Field.DATE, 0x22, CONTAINER_NOT_ZIP, CONTAINER_NOT_ZIP));
        all.addAll(lie("CRC", Field.CRC, 1, CONTAINER_ZIP_MISMATCH, CONTAINER_ZIP_MISMATCH));
        all.addAll(lie("compressed size", Field.COMPRESSED, 1, CONTAINER_ZIP_MISMATCH, CONTAINER_ZIP_MISMATCH));
        all.addAll(lie("size", Field.SIZE, 1, CONTAINER_ZIP_MISMATCH, CONTAINER_ZIP_MISMATCH));
        all.addAll(lie("huge size", Field.SIZE, 0xFFFFFFFFL, CONTAINER_OVERSIZED, CONTAINER_OVERSIZED));
        all.addAll(lie("name's length", Field.NAME_LENGTH, 9, CONTAINER_NOT_ZIP, CONTAINER_NOT_ZIP));
        all.addAll(lie("huge name's length", Field.NAME_LENGTH, 0xFFFF, CONTAINER_NOT_ZIP, CONTAINER_NOT_ZIP));
        all.addAll(lie("extra field's length", Field.EXTRA_LENGTH, 4, CONTAINER_NOT_ZIP, CONTAINER_NOT_ZIP));
        return all.stream();
    }

    private static List<Attack> lie(String what, Field field, long value, FaultCode central, FaultCode both) {
        return List.of(
                header(what + " in the local header alone", CONTAINER_ZIP_MISMATCH, e -> e.local(field, value)),
                header(what + " in the directory alone", central, e -> e.central(field, value)),
                header(what + " in both", both, e -> e.both(field, value)));
    }

    private static Stream<Attack> centralFields() {
        return Stream.of(
                header("made by another system", CONTAINER_NOT_ZIP, e -> e.central(Field.MADE_BY, 0x031E)),
                header("on another disk", CONTAINER_NOT_ZIP, e -> e.central(Field.DISK, 1)),
                header("on a zip64 disk", CONTAINER_NOT_ZIP, e -> e.central(Field.DISK, 0xFFFF)),
                header("internal attributes", CONTAINER_NOT_ZIP, e -> e.central(Field.INTERNAL, 1)),
                header("external attributes: a folder", CONTAINER_NOT_ZIP, e -> e.central(Field.EXTERNAL, 0x10)),
                header("external attributes: a link", CONTAINER_NOT_ZIP, e -> e.central(Field.EXTERNAL, 0xA1FF0000L)),
                header("offset of the first entry", CONTAINER_ZIP_MISMATCH, e -> e.central(Field.OFFSET, 0)),
                header("offset beyond the file", CONTAINER_ZIP_MISMATCH, e -> e.central(Field.OFFSET, 0x7FFFFFFF)),
                header("offset of zip64", CONTAINER_ZIP_MISMATCH, e -> e.central(Field.OFFSET, 0xFFFFFFFFL)),
                header("comment's length", CONTAINER_NOT_ZIP, e -> e.central(Field.COMMENT_LENGTH, 5)),
                header("a comment on an entry", CONTAINER_NOT_ZIP, e -> e.comment = utf8("c")),
                zip("two directory rows for one entry", CONTAINER_ZIP_MISMATCH, z -> {
                    Entry payload = z.entry(Terms.PAYLOAD);
                    payload.central(Field.OFFSET, 0);
                }));
    }

    private static Stream<Attack> flags() {
        List<Attack> all = new ArrayList<>();
        String[] names = {"encrypted", "data descriptor", "patched data", "strong encryption", "UTF-8", "masked headers"
        };
        int[] bits = {0, 3, 5, 6, 11, 13};
        for (int i = 0; i < bits.length; i++) {
            all.addAll(lie("flag: " + names[i], Field.FLAGS, 1L << bits[i], CONTAINER_NOT_ZIP, CONTAINER_NOT_ZIP));
        }
        all.add(header("a data descriptor with sizes before it", CONTAINER_NOT_ZIP, e -> {
            e.both(Field.FLAGS, 8);
            e.descriptor = descriptor(e);
        }));
        all.add(header("a data descriptor with sizes after it alone", CONTAINER_NOT_ZIP, e -> {
            e.both(Field.FLAGS, 8)
                    .local(Field.CRC, 0)
                    .local(Field.COMPRESSED, 0)
                    .local(Field.SIZE, 0);
            e.descriptor = descriptor(e);
        }));
        all.add(header(
                "a data descriptor that no flag announces", CONTAINER_ZIP_MISMATCH, e -> e.descriptor = descriptor(e)));
        return all.stream();
    }

    private static Stream<Attack> endRecord() {
        return Stream.of(
                zip("this disk", CONTAINER_NOT_ZIP, z -> z.end(4, 2, 1)),
                zip("the directory's disk", CONTAINER_NOT_ZIP, z -> z.end(6, 2, 1)),
                zip("both disks", CONTAINER_NOT_ZIP, z -> z.end(4, 2, 1).end(6, 2, 1)),
                zip("entries on this disk", CONTAINER_NOT_ZIP, z -> z.end(8, 2, 4)),
                zip("entries in all", CONTAINER_NOT_ZIP, z -> z.end(10, 2, 4)),
                zip("one entry less on both counts", CONTAINER_NOT_ZIP, z -> z.end(8, 2, 4)
                        .end(10, 2, 4)),
                zip("one entry more on both counts", CONTAINER_NOT_ZIP, z -> z.end(8, 2, 6)
                        .end(10, 2, 6)),
                zip("no entries on both counts", CONTAINER_NOT_ZIP, z -> z.end(8, 2, 0)
                        .end(10, 2, 0)),
                zip("the directory's size", CONTAINER_NOT_ZIP, z -> z.end(12, 4, 46)),
                zip("the directory's offset", CONTAINER_NOT_ZIP, z -> z.end(16, 4, 0)),
                zip("a negative offset", CONTAINER_NOT_ZIP, z -> z.end(16, 4, 0x80000000L)),
                zip("offset and size wrap around", CONTAINER_NOT_ZIP, z -> z.end(12, 4, 0xFFFFFFFFL)
                        .end(16, 4, 0xFFFFFFFFL)),
                zip("a comment's length without a comment", CONTAINER_NOT_ZIP, z -> z.end(20, 2, 1)),
                zip("a comment", CONTAINER_NOT_ZIP, z -> z.comment = utf8("c")),
                zip("a comment that is an end record", CONTAINER_NOT_ZIP, z -> z.comment = end()),
                zip("a comment of 65,535 octets", CONTAINER_NOT_ZIP, z -> z.comment = new byte[0xFFFF]));
    }

    private static Stream<Attack> between() {
        return Stream.of(
                zip("an octet before", CONTAINER_NOT_ZIP, z -> z.before = new byte[1]),
                zip("a script before, offsets right", CONTAINER_NOT_ZIP, z -> z.before = utf8("#!/bin/sh\n")),
                Attack.onOctets(
                        Category.ZIP_FIELDS,
                        "a script before, offsets as they were",
                        CONTAINER_NOT_ZIP,
                        o -> join(utf8("#!/bin/sh\n"), o)),
                Attack.onOctets(Category.ZIP_FIELDS, "the same zip twice", CONTAINER_NOT_ZIP, o -> join(o, o)),
                Attack.onOctets(Category.ZIP_FIELDS, "an octet after", CONTAINER_NOT_ZIP, o -> join(o, new byte[1])),
                Attack.onOctets(Category.ZIP_FIELDS, "a line end after", CONTAINER_NOT_ZIP, o -> join(o, utf8("\n"))),
                Attack.onOctets(
                        Category.ZIP_FIELDS,
                        "a second end record after",
                        CONTAINER_NOT_ZIP,
                        o -> join(o, Arrays.copyOfRange(o, o.length - 22, o.length))),
                Attack.onOctets(
                        Category.ZIP_FIELDS, "a zip without entries after", CONTAINER_NOT_ZIP, o -> join(o, end())),
                zip("octets before the directory", CONTAINER_ZIP_MISMATCH, z -> z.beforeDirectory = new byte[4]),
                zip("a hidden entry before the directory", CONTAINER_ZIP_MISMATCH, z -> z.beforeDirectory = hidden()),
                zip("octets before the end record", CONTAINER_NOT_ZIP, z -> z.beforeEnd = new byte[4]),
                zip(
                        "a digital signature of the directory",
                        CONTAINER_NOT_ZIP,
                        z -> z.beforeEnd = new byte[] {'P', 'K', 5, 5, 0, 0}),
                header("octets between two entries", CONTAINER_ZIP_MISMATCH, e -> e.descriptor = new byte[3]));
    }

    private static Stream<Attack> zip64() {
        return Stream.of(
                zip("a zip64 end record and its locator", CONTAINER_NOT_ZIP, z -> z.beforeEnd = zip64End()),
                zip("a zip64 end record that the plain one points to", CONTAINER_NOT_ZIP, z -> {
                    z.beforeEnd = zip64End();
                    z.end(8, 2, 0xFFFF)
                            .end(10, 2, 0xFFFF)
                            .end(12, 4, 0xFFFFFFFFL)
                            .end(16, 4, 0xFFFFFFFFL);
                }),
                zip("counts of zip64 without its record", CONTAINER_ENTRY_EXTRA, z -> z.end(8, 2, 0xFFFF)
                        .end(10, 2, 0xFFFF)),
                header("sizes of zip64 in both headers", CONTAINER_OVERSIZED, e -> {
                    byte[] extra = zip64Extra(e.octets.length);
                    e.localExtra = extra;
                    e.centralExtra = extra;
                    e.both(Field.SIZE, 0xFFFFFFFFL).both(Field.COMPRESSED, 0xFFFFFFFFL);
                }),
                header("a zip64 extra field that nothing asks for", CONTAINER_NOT_ZIP, e -> {
                    e.localExtra = zip64Extra(1);
                    e.centralExtra = zip64Extra(1);
                }));
    }

    private static Stream<Attack> extras() {
        byte[] time = {0x55, 0x54, 5, 0, 1, 0, 0, 0, 0};
        return Stream.of(
                header("an extra field in both headers", CONTAINER_NOT_ZIP, e -> {
                    e.localExtra = time;
                    e.centralExtra = time;
                }),
                header("an extra field in the directory alone", CONTAINER_NOT_ZIP, e -> e.centralExtra = time),
                header("an extra field in the local header alone", CONTAINER_ZIP_MISMATCH, e -> e.localExtra = time),
                header("an extra field that hides a file", CONTAINER_ZIP_MISMATCH, e -> e.localExtra = hidden()),
                header(
                        "a Unicode path in the extra field",
                        CONTAINER_NOT_ZIP,
                        e -> ZipNameAttacks.unicodePath(e, "payload.xml")));
    }

    private static Attack header(String name, FaultCode code, Consumer<Entry> change) {
        return zip(name, code, z -> change.accept(z.entry(Terms.HEADER)));
    }

    private static Attack zip(String name, FaultCode code, Consumer<RawZip> change) {
        return Attack.onZip(Category.ZIP_FIELDS, name, OPENING, code, change);
    }

    private static byte[] descriptor(Entry entry) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(entry.octets);
        return little(16)
                .putInt(0x08074b50)
                .putInt((int) crc.getValue())
                .putInt(entry.octets.length)
                .putInt(entry.octets.length)
                .array();
    }

    /** A whole local entry that no directory lists. */
    private static byte[] hidden() {
        return little(34)
                .putInt(0x04034b50)
                .putShort((short) 10)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putShort((short) 4)
                .putShort((short) 0)
                .put(utf8("evil"))
                .array();
    }

    private static byte[] end() {
        return little(22).putInt(0x06054b50).array();
    }

    private static byte[] zip64Extra(int size) {
        return little(20)
                .putShort((short) 1)
                .putShort((short) 16)
                .putLong(size)
                .putLong(size)
                .array();
    }

    private static byte[] zip64End() {
        return little(76)
                .putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0)
                .putLong(5)
                .putLong(5)
                .putLong(300)
                .putLong(0)
                .putInt(0x07064b50)
                .putInt(0)
                .putLong(0)
                .putInt(1)
                .array();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
