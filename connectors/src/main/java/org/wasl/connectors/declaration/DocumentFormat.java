package org.wasl.connectors.declaration;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Formats of documents that are told by their first octets. That guards against a page of errors under the name of a
 * deed; it does not say that the rest is sound, let alone harmless.
 */
public enum DocumentFormat {
    PDF("application/pdf"::equals, "255044462d"),
    PNG("image/png"::equals, "89504e470d0a1a0a"),
    JPEG("image/jpeg"::equals, "ffd8ff"),
    /** TIFF and BigTIFF, of either order of octets. */
    TIFF("image/tiff"::equals, "49492a00", "4d4d002a", "49492b00", "4d4d002b"),
    /** ZIP and whatever is built on it, as RFC 6839 writes it: {@code …+zip}. */
    ZIP(type -> type.equals("application/zip") || type.endsWith("+zip"), "504b0304");

    /** The most octets that any format is told by. */
    public static final int HEAD_BYTES = 8;

    private final Predicate<String> mediaTypes;
    private final List<byte[]> beginnings;

    DocumentFormat(Predicate<String> mediaTypes, String... beginnings) {
        this.mediaTypes = mediaTypes;
        this.beginnings = Stream.of(beginnings).map(HexFormat.of()::parseHex).toList();
    }

    /** The format of that media type, which is in lower case and without parameters; empty when it is not known here. */
    static Optional<DocumentFormat> of(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaTypes.test(mediaType))
                .findFirst();
    }

    /** Whether a document that begins with these octets may be of this format. */
    public boolean fits(byte[] head) {
        return beginnings.stream()
                .anyMatch(beginning -> beginning.length <= head.length
                        && Arrays.equals(beginning, 0, beginning.length, head, 0, beginning.length));
    }
}
