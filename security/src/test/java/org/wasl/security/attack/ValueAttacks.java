package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.SIGNATURE_INVALID;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Attack.Gate.VERIFYING;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/** Signature values that some verifier takes, and Base64 that some decoder takes. */
final class ValueAttacks {

    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private ValueAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(numbers(), lengths(), base64()).flatMap(s -> s);
    }

    private static Stream<Attack> numbers() {
        return Stream.of(
                value("r and s are zero (CVE-2022-21449)", v -> new byte[64]),
                value("r is zero", v -> join(new byte[32], s(v))),
                value("s is zero", v -> join(r(v), new byte[32])),
                value("r is one", v -> join(number(BigInteger.ONE), s(v))),
                value("r and s are the order", v -> join(number(ORDER), number(ORDER))),
                value("r is the order", v -> join(number(ORDER), s(v))),
                value("s is the order", v -> join(r(v), number(ORDER))),
                value("r is the field's prime", v -> join(number(PRIME), s(v))),
                value("s is the order less one", v -> join(r(v), number(ORDER.subtract(BigInteger.ONE)))),
                value("all bits set", v -> filled()),
                value("the upper s (n − s)", v -> join(r(v), number(ORDER.subtract(new BigInteger(1, s(v)))))),
                value("r negated", v -> join(number(ORDER.subtract(new BigInteger(1, r(v)))), s(v))),
                value("r and s change places", v -> join(s(v), r(v))),
                value("r twice", v -> join(r(v), r(v))));
    }

    private static Stream<Attack> lengths() {
        return Stream.of(
                value("a byte short", v -> Arrays.copyOf(v, 63)),
                value("a byte long", v -> Arrays.copyOf(v, 65)),
                value("a zero in front of each half", v -> join(join(new byte[1], r(v)), join(new byte[1], s(v)))),
                value("r alone", ValueAttacks::r),
                value("one octet", v -> new byte[1]),
                value("twice", v -> join(v, v)),
                value("ASN.1 in place of r and s", ValueAttacks::der),
                value("ASN.1 with a negative s", v -> der(r(v), new BigInteger(1, s(v)).negate())),
                value("ten kilobytes", v -> new byte[10_000]));
    }

    private static Stream<Attack> base64() {
        return Stream.of(
                text(
                        "no value",
                        "<ds:SignatureValue Id=\"SignatureValue\">[^<]*",
                        "<ds:SignatureValue Id=\"SignatureValue\">"),
                text("trailing bits", "[AQgw]==</ds:SignatureValue>", "B==</ds:SignatureValue>"),
                text("no padding", "==</ds:SignatureValue>", "</ds:SignatureValue>"),
                text("half the padding", "==</ds:SignatureValue>", "=</ds:SignatureValue>"),
                text("more padding", "==</ds:SignatureValue>", "====</ds:SignatureValue>"),
                text("a line end at the end", "==</ds:SignatureValue>", "==\n</ds:SignatureValue>"),
                text("a blank at the start", "(<ds:SignatureValue[^>]*>)", "$1 "),
                text("lines", "(<ds:SignatureValue[^>]*>.{40})", "$1\n"),
                text("a tab inside", "(<ds:SignatureValue[^>]*>.{4})", "$1\t"),
                text("a character of another alphabet", "(<ds:SignatureValue[^>]*>.{4}).", "$1-"),
                text("a character of no alphabet", "(<ds:SignatureValue[^>]*>.{4}).", "$1\u00e9"),
                text("an element inside", "(<ds:SignatureValue[^>]*>)", "$1<u:x xmlns:u=\"urn:x\"></u:x>"),
                text("lines in a digest", "(<ds:DigestValue>.{8})", "$1\n"),
                text("trailing bits in a digest", ".=</ds:DigestValue>", "B=</ds:DigestValue>"),
                text(
                        "a digest a byte short",
                        "<ds:DigestValue>[^<]*",
                        "<ds:DigestValue>" + Forger.base64(new byte[31])),
                text("a digest a byte long", "<ds:DigestValue>[^<]*", "<ds:DigestValue>" + Forger.base64(new byte[33])),
                text("an empty digest", "<ds:DigestValue>[^<]*", "<ds:DigestValue>"),
                text("a digest in hexadecimal", "<ds:DigestValue>[^<]*", "<ds:DigestValue>" + "ab".repeat(32)),
                text("lines in the certificate", "(<ds:X509Certificate>.{64})", "$1\n"),
                text("a blank in the certificate", "(<ds:X509Certificate>.{64})", "$1 "),
                text("an empty certificate", "<ds:X509Certificate>[^<]*", "<ds:X509Certificate>"));
    }

    private static Attack value(String name, UnaryOperator<byte[]> change) {
        return Attack.onParts(
                Category.VALUES,
                name,
                VERIFYING,
                SIGNATURE_INVALID,
                p -> Forger.value(p, change.apply(Forger.value(p))));
    }

    private static Attack text(String name, String pattern, String replacement) {
        return Attack.onParts(
                Category.VALUES,
                name,
                OPENING,
                SIGNATURE_STRUCTURE,
                p -> p.text(Terms.SIGNATURES, t -> t.replaceFirst(pattern, replacement)));
    }

    private static byte[] r(byte[] value) {
        return Arrays.copyOf(value, 32);
    }

    private static byte[] s(byte[] value) {
        return Arrays.copyOfRange(value, 32, 64);
    }

    private static byte[] number(BigInteger number) {
        byte[] octets = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, octets.length);
        System.arraycopy(octets, octets.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static byte[] filled() {
        byte[] octets = new byte[64];
        Arrays.fill(octets, (byte) 0xFF);
        return octets;
    }

    private static byte[] der(byte[] value) {
        return der(r(value), new BigInteger(1, s(value)));
    }

    private static byte[] der(byte[] r, BigInteger s) {
        ASN1EncodableVector both = new ASN1EncodableVector();
        both.add(new ASN1Integer(new BigInteger(1, r)));
        both.add(new ASN1Integer(s));
        try {
            return new DERSequence(both).getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
