package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.HEADER_INVALID;
import static org.wasl.schemas.fault.FaultCode.SCHEMA_INVALID;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;
import static org.wasl.schemas.fault.FaultCode.XML_ENCODING;
import static org.wasl.schemas.fault.FaultCode.XML_MALFORMED;
import static org.wasl.security.attack.Forger.utf8;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.wasl.schemas.fault.FaultCode;

/** The same characters in octets that another reader reads differently. */
final class EncodingAttacks {

    private EncodingAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(wide(), declared(), octets()).flatMap(s -> s);
    }

    private static Stream<Attack> wide() {
        return Stream.of("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE")
                .flatMap(name -> Stream.concat(
                        each("in " + name, XML_ENCODING, t -> t.getBytes(Charset.forName(name))),
                        each("in " + name + " and says so", XML_ENCODING, t -> declaration(name, t)
                                .getBytes(Charset.forName(name)))));
    }

    private static Stream<Attack> declared() {
        return Stream.of(
                        each("says UTF-16, is UTF-8", XML_ENCODING, t -> utf8(declaration("UTF-16", t))),
                        each("says ISO-8859-1", XML_ENCODING, t -> utf8(declaration("ISO-8859-1", t))),
                        each("says windows-1256", XML_ENCODING, t -> utf8(declaration("windows-1256", t))),
                        each("says US-ASCII", XML_ENCODING, t -> utf8(declaration("US-ASCII", t))),
                        each("says UTF-7", XML_ENCODING, t -> utf8(declaration("UTF-7", t))),
                        each("says EBCDIC", XML_ENCODING, t -> utf8(declaration("IBM037", t))),
                        each("in EBCDIC", XML_ENCODING, t -> declaration("IBM037", t)
                                .getBytes(Charset.forName("IBM037"))),
                        each("says an encoding that is none", XML_ENCODING, t -> utf8(declaration("x-none", t))),
                        each("says XML 1.1", XML_MALFORMED, t -> utf8("<?xml version=\"1.1\"?>" + t)),
                        each("says XML 2.0", XML_MALFORMED, t -> utf8("<?xml version=\"2.0\"?>" + t)),
                        each(
                                "two declarations",
                                XML_MALFORMED,
                                t -> utf8(declaration("UTF-8", declaration("UTF-8", t)))),
                        each("a declaration after a blank", XML_MALFORMED, t -> utf8(" " + declaration("UTF-8", t))),
                        each(
                                "in UTF-7",
                                XML_MALFORMED,
                                t -> utf8(t.replace("<", "+ADw-").replace(">", "+AD4-"))))
                .flatMap(s -> s);
    }

    private static Stream<Attack> octets() {
        return Stream.of(
                        each("an overlong character", XML_MALFORMED, t -> insert(t, 0xC1, 0xA1)),
                        each("an overlong bracket", XML_MALFORMED, t -> insert(t, 0xC0, 0xBC)),
                        each("an overlong NUL", XML_MALFORMED, t -> insert(t, 0xC0, 0x80)),
                        each("a surrogate by itself", XML_MALFORMED, t -> insert(t, 0xED, 0xA0, 0x80)),
                        each(
                                "a pair of surrogates (CESU-8)",
                                XML_MALFORMED,
                                t -> insert(t, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80)),
                        each("beyond Unicode", XML_MALFORMED, t -> insert(t, 0xF4, 0x90, 0x80, 0x80)),
                        each("an octet by itself", XML_MALFORMED, t -> insert(t, 0x80)),
                        each("a character cut short", XML_MALFORMED, t -> insert(t, 0xE2, 0x82)),
                        each("NUL", XML_MALFORMED, t -> insert(t, 0)),
                        each("a control character", XML_MALFORMED, t -> insert(t, 1)),
                        each(
                                "a control character by reference",
                                XML_MALFORMED,
                                t -> utf8(Documents.afterFirstText(t, "&#1;"))),
                        each("NUL by reference", XML_MALFORMED, t -> utf8(Documents.afterFirstText(t, "&#0;"))),
                        each("U+FFFE", XML_MALFORMED, t -> insert(t, 0xEF, 0xBF, 0xBE)),
                        each("octets after the end", XML_MALFORMED, t -> utf8(t + "x")),
                        each("NUL after the end", XML_MALFORMED, t -> utf8(t + "\0")),
                        each("two documents", XML_MALFORMED, t -> utf8(t + t)),
                        each("nothing", XML_MALFORMED, t -> new byte[0]),
                        each("blanks alone", XML_MALFORMED, t -> utf8("   ")))
                .flatMap(s -> s);
    }

    private static Stream<Attack> each(String what, FaultCode code, Function<String, byte[]> change) {
        return Documents.each(Category.ENCODING, what, code, change);
    }

    private static String declaration(String encoding, String text) {
        return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>" + text;
    }

    /** Octets that are no characters, at the end of the first text. */
    private static byte[] insert(String text, int... values) {
        byte[] octets = utf8(text);
        int at = new String(octets, StandardCharsets.ISO_8859_1).indexOf("</");
        byte[] changed = Arrays.copyOf(octets, octets.length + values.length);
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        System.arraycopy(octets, at, changed, at + values.length, octets.length - at);
        return changed;
    }

    /** What the parser passes, and only the one form or the schema refuses. */
    static Stream<Attack> tolerated() {
        return Documents.each(
                Category.ENCODING,
                "no-break spaces",
                HEADER_INVALID,
                SIGNATURE_STRUCTURE,
                SCHEMA_INVALID,
                t -> utf8(Documents.inside(t, "\u00a0")));
    }
}
