package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.CONTAINER_COMPRESSED;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_DUPLICATE;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_EXTRA;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_MISSING;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_ENTRY_ORDER;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_MANIFEST;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_MIMETYPE;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_NOT_ZIP;
import static org.wasl.schemas.fault.FaultCode.CONTAINER_OVERSIZED;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Forger.utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Parts;

/** Entries that do not belong there, or not like that. */
final class ZipEntryAttacks {

    private static final int MIB = 1024 * 1024;

    private ZipEntryAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(added(), doubled(), missing(), reordered(), others(), files())
                .flatMap(s -> s);
    }

    private static Stream<Attack> added() {
        return Stream.of(
                        "extra.txt",
                        "payload.bin",
                        "META-INF/signature.xml",
                        "META-INF/signatures001.xml",
                        "META-INF/manifest2.xml",
                        "META-INF/",
                        "META-INF/container.xml",
                        "a/header.xml")
                .flatMap(name -> Stream.of(
                        parts("added at the end: " + name, CONTAINER_ENTRY_EXTRA, p -> p.add(name, utf8("<x></x>"))),
                        zip("added at the start: " + name, CONTAINER_ENTRY_EXTRA, z -> {
                            z.add(name, utf8("<x></x>"));
                            Collections.rotate(z.entries, 1);
                        })));
    }

    /** Which of the two a reader sees depends on the reader. */
    private static Stream<Attack> doubled() {
        return Stream.of(Terms.MIMETYPE, Terms.MANIFEST, Terms.HEADER, Terms.PAYLOAD, Terms.SIGNATURES)
                .flatMap(name -> Stream.of(
                        zip(
                                "twice, the forged one last: " + name,
                                CONTAINER_ENTRY_DUPLICATE,
                                z -> z.add(name, forged(z, name))),
                        zip("twice, the forged one first: " + name, CONTAINER_ENTRY_DUPLICATE, z -> {
                            z.add(name, forged(z, name));
                            Collections.rotate(z.entries, 1);
                        }),
                        zip(
                                "twice the same: " + name,
                                CONTAINER_ENTRY_DUPLICATE,
                                z -> z.add(name, z.entry(name).octets))));
    }

    private static byte[] forged(RawZip zip, String name) {
        return utf8(new String(zip.entry(name).octets, java.nio.charset.StandardCharsets.UTF_8)
                .replace(Ground.NUMBER, "9990000002")
                .replace("GENERAL_CLEARANCE", "COURT_CASE"));
    }

    private static Stream<Attack> missing() {
        return Stream.of(Terms.MIMETYPE, Terms.MANIFEST, Terms.HEADER, Terms.PAYLOAD, Terms.SIGNATURES)
                .map(name -> parts("missing: " + name, CONTAINER_ENTRY_MISSING, p -> p.remove(name)));
    }

    private static Stream<Attack> reordered() {
        return Stream.concat(
                IntStream.range(0, 4)
                        .mapToObj(i -> parts(
                                "entries " + i + " and " + (i + 1) + " change places",
                                CONTAINER_ENTRY_ORDER,
                                p -> p.swap(i, i + 1))),
                Stream.of(zip("entries in reverse", CONTAINER_ENTRY_ORDER, z -> Collections.reverse(z.entries))));
    }

    private static Stream<Attack> others() {
        return Stream.of(
                parts("other mimetype", CONTAINER_MIMETYPE, p -> p.octets(Terms.MIMETYPE, utf8("application/zip"))),
                parts(
                        "mimetype of ASiC-S",
                        CONTAINER_MIMETYPE,
                        p -> p.octets(Terms.MIMETYPE, utf8("application/vnd.etsi.asic-s+zip"))),
                parts(
                        "mimetype with a line end",
                        CONTAINER_MIMETYPE,
                        p -> p.octets(Terms.MIMETYPE, utf8(p.text(Terms.MIMETYPE) + "\n"))),
                parts("empty mimetype", CONTAINER_MIMETYPE, p -> p.octets(Terms.MIMETYPE, new byte[0])),
                parts(
                        "manifest lists another file",
                        CONTAINER_MANIFEST,
                        p -> p.replace(Terms.MANIFEST, "payload.xml", "payload.txt")),
                parts(
                        "manifest of another media type",
                        CONTAINER_MANIFEST,
                        p -> p.replace(Terms.MANIFEST, "application/xml", "text/html")),
                parts("manifest with a comment", CONTAINER_MANIFEST, p -> p.text(Terms.MANIFEST, t -> t + "<!-- -->")),
                parts(
                        "manifest with a DOCTYPE",
                        CONTAINER_MANIFEST,
                        p -> p.text(Terms.MANIFEST, t -> "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x'>" + t)),
                parts("empty manifest", CONTAINER_MANIFEST, p -> p.octets(Terms.MANIFEST, new byte[0])),
                parts("payload too large", CONTAINER_OVERSIZED, p -> p.octets(Terms.PAYLOAD, new byte[10 * MIB + 1])),
                parts("header too large", CONTAINER_OVERSIZED, p -> p.octets(Terms.HEADER, new byte[17 * 1024])),
                parts(
                        "signatures too large",
                        CONTAINER_OVERSIZED,
                        p -> p.octets(Terms.SIGNATURES, new byte[33 * 1024])),
                zip("sixty-five thousand entries", CONTAINER_ENTRY_EXTRA, z -> {
                    for (int i = 0; i < 65_000; i++) {
                        z.add("e" + i, new byte[0]);
                    }
                }));
    }

    private static Stream<Attack> files() {
        return Stream.of(
                octets("nothing", CONTAINER_NOT_ZIP, new byte[0]),
                octets("one octet", CONTAINER_NOT_ZIP, new byte[1]),
                octets("twenty-two zeros", CONTAINER_NOT_ZIP, new byte[22]),
                octets("not a zip", CONTAINER_NOT_ZIP, utf8("<header></header>".repeat(9))),
                octets("an empty zip", CONTAINER_NOT_ZIP, emptyZip()),
                octets("container too large", CONTAINER_OVERSIZED, new byte[11 * MIB]),
                Attack.onOctets(
                        Category.ZIP_ENTRIES, "cut short", CONTAINER_NOT_ZIP, o -> Arrays.copyOf(o, o.length - 30)),
                Attack.onOctets(
                        Category.ZIP_ENTRIES, "cut in half", CONTAINER_NOT_ZIP, o -> Arrays.copyOf(o, o.length / 2)),
                deflated("compressed entries", CONTAINER_COMPRESSED, 0),
                deflated("a zip bomb", CONTAINER_OVERSIZED, 64 * MIB),
                compressedPlainly("one compressed entry", CONTAINER_COMPRESSED));
    }

    private static Attack deflated(String name, FaultCode code, int payload) {
        return new Attack(Category.ZIP_ENTRIES, name, Attack.By.OUTSIDER, OPENING, code, ground -> {
            Parts parts = ground.parts();
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(octets)) {
                for (String entry : parts.names()) {
                    zip.putNextEntry(new ZipEntry(entry));
                    boolean bomb = payload > 0 && entry.equals(Terms.PAYLOAD);
                    zip.write(bomb ? new byte[payload] : parts.octets(entry));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return ground.attempt(octets.toByteArray());
        });
    }

    /** Nothing but the method is out of the ordinary. */
    private static Attack compressedPlainly(String name, FaultCode code) {
        return zip(name, code, z -> {
            RawZip.Entry payload = z.entry(Terms.PAYLOAD);
            int size = payload.octets.length;
            java.util.zip.Deflater deflater = new java.util.zip.Deflater(9, true);
            deflater.setInput(payload.octets);
            deflater.finish();
            byte[] small = new byte[size + 64];
            payload.octets = Arrays.copyOf(small, deflater.deflate(small));
            deflater.end();
            payload.both(RawZip.Field.METHOD, 8).both(RawZip.Field.SIZE, size);
        });
    }

    private static byte[] emptyZip() {
        byte[] end = new byte[22];
        System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, end, 0, 4);
        return end;
    }

    private static Attack octets(String name, FaultCode code, byte[] octets) {
        return Attack.onOctets(Category.ZIP_ENTRIES, name, code, o -> octets);
    }

    private static Attack parts(String name, FaultCode code, Consumer<Parts> change) {
        return Attack.onParts(Category.ZIP_ENTRIES, name, OPENING, code, change);
    }

    private static Attack zip(String name, FaultCode code, Consumer<RawZip> change) {
        return Attack.onZip(Category.ZIP_ENTRIES, name, OPENING, code, change);
    }
}
