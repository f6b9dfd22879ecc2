package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_EXTRA;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ZIP_MISMATCH;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Forger.utf8;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Names that some reader or file system takes for {@code header.xml}. */
final class ZipNameAttacks {

    private static final int LANGUAGE_ENCODING_FLAG = 0x0800;

    private ZipNameAttacks() {}

    static Stream<Attack> all() {
        return variants().entrySet().stream()
                .flatMap(variant -> Stream.of(
                        Attack.onZip(
                                Category.ZIP_NAMES,
                                "beside the genuine one: " + variant.getKey(),
                                OPENING,
                                CONTAINER_ENTRY_EXTRA,
                                z -> z.add(variant.getValue(), utf8("<x></x>"))),
                        Attack.onZip(
                                Category.ZIP_NAMES,
                                "in its place: " + variant.getKey(),
                                OPENING,
                                CONTAINER_ENTRY_EXTRA,
                                z -> z.entry(Terms.HEADER).name(variant.getValue())),
                        Attack.onZip(
                                Category.ZIP_NAMES,
                                "in the local header alone: " + variant.getKey(),
                                OPENING,
                                CONTAINER_ZIP_MISMATCH,
                                z -> z.entry(Terms.HEADER).localName = variant.getValue())));
    }

    private static Map<String, byte[]> variants() {
        Map<String, byte[]> names = new LinkedHashMap<>();
        names.put("upper case", utf8("HEADER.XML"));
        names.put("one upper-case letter", utf8("Header.xml"));
        names.put("full width", utf8("ｈｅａｄｅｒ.xml"));
        names.put("Cyrillic letter", utf8("h\u0435ader.xml"));
        names.put("composed accent (NFC)", utf8("he\u00e4der.xml"));
        names.put("decomposed accent (NFD)", utf8("hea\u0308der.xml"));
        names.put("combining grapheme joiner", utf8("hea\u034fder.xml"));
        names.put("zero-width space", utf8("header\u200b.xml"));
        names.put("right-to-left override", utf8("\u202elmx.redaeh"));
        names.put("byte order mark", utf8("\ufeffheader.xml"));
        names.put(
                "overlong octets", new byte[] {(byte) 0xC1, (byte) 0xA8, 'e', 'a', 'd', 'e', 'r', '.', 'x', 'm', 'l'});
        names.put("code page 437", "h\u00e9ader.xml".getBytes(StandardCharsets.ISO_8859_1));
        names.put("trailing dot", utf8("header.xml."));
        names.put("trailing space", utf8("header.xml "));
        names.put("leading space", utf8(" header.xml"));
        names.put("trailing slash", utf8("header.xml/"));
        names.put("NUL at the end", utf8("header.xml\0"));
        names.put("NUL and more", utf8("header.xml\0.txt"));
        names.put("line end", utf8("header.xml\n"));
        names.put("leading dot and slash", utf8("./header.xml"));
        names.put("leading slash", utf8("/header.xml"));
        names.put("parent folder", utf8("../header.xml"));
        names.put("down and up again", utf8("META-INF/../header.xml"));
        names.put("backslashes", utf8("META-INF\\..\\header.xml"));
        names.put("drive letter", utf8("C:header.xml"));
        names.put("alternate stream", utf8("header.xml::$DATA"));
        names.put("percent-encoded", utf8("header%2Exml"));
        names.put("double slash", utf8("META-INF//header.xml"));
        names.put("empty name", new byte[0]);
        return names;
    }

    /** The genuine name, but said to be UTF-8, or with another name in the extra field that readers prefer. */
    static void unicodePath(RawZip.Entry entry, String name) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(entry.centralName);
        byte[] text = utf8(name);
        byte[] extra = java.nio.ByteBuffer.allocate(9 + text.length)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x7075)
                .putShort((short) (5 + text.length))
                .put((byte) 1)
                .putInt((int) crc.getValue())
                .put(text)
                .array();
        entry.localExtra = extra;
        entry.centralExtra = extra;
        entry.both(RawZip.Field.FLAGS, LANGUAGE_ENCODING_FLAG);
    }
}
