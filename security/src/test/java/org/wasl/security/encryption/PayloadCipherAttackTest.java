package org.wasl.security.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_ALGORITHM;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_BROKEN;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_KEY;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_NOT_FOR_US;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_OTHER_MESSAGE;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_OVERSIZED;
import static org.wasl.schemas.fault.FaultCode.ENCRYPTION_STRUCTURE;
import static org.wasl.schemas.fault.FaultCode.XML_DOCTYPE;
import static org.wasl.schemas.fault.FaultCode.XML_ENCODING;
import static org.wasl.schemas.fault.FaultCode.XML_FORBIDDEN_NODE;
import static org.wasl.schemas.fault.FaultCode.XML_LIMIT;
import static org.wasl.schemas.fault.FaultCode.XML_MALFORMED;
import static org.wasl.security.encryption.EncryptionWorld.BINDING;
import static org.wasl.security.encryption.EncryptionWorld.PLAIN;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.schemas.fault.FaultCode;

/** Genuine documents, changed: none is read, each is refused with its own code. */
class PayloadCipherAttackTest {

    private static final String VALUE = "<xenc:CipherValue>";
    private static final String POINT = "<dsig11:PublicKey>";
    private static final int MUTATIONS = 3_000;

    private static EncryptionWorld world;

    @BeforeAll
    static void members() throws GeneralSecurityException {
        world = new EncryptionWorld();
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack(
                        "recipients swapped",
                        ENCRYPTION_OTHER_MESSAGE,
                        document -> swap(document, "<dsig11:X509Digest")),
                attack(
                        "recipients swapped, in the derivation too",
                        ENCRYPTION_BROKEN,
                        document -> swapAttribute(swap(document, "<dsig11:X509Digest"), "PartyVInfo")),
                attack("wrapped keys swapped", ENCRYPTION_BROKEN, document -> swap(document, VALUE)),
                attack("ephemeral keys swapped", ENCRYPTION_BROKEN, document -> swap(document, POINT)),
                attack(
                        "the key of another message",
                        ENCRYPTION_OTHER_MESSAGE,
                        document -> transplanted(document, "JO/GOV/DVLD/licensing another")),
                attack(
                        "the key of another payload of the same message",
                        ENCRYPTION_BROKEN,
                        document -> transplanted(document, BINDING)),
                attack("a bit of the ciphertext", ENCRYPTION_BROKEN, document -> flip(document, last(document), 20)),
                attack("a bit of the nonce", ENCRYPTION_BROKEN, document -> flip(document, last(document), 3)),
                attack("a bit of the tag", ENCRYPTION_BROKEN, document -> flip(document, last(document), -1)),
                attack("a bit of the wrapped key", ENCRYPTION_BROKEN, document -> flip(document, first(document), 7)),
                attack("the tag cut by one octet", ENCRYPTION_BROKEN, document -> cut(document, last(document), 1)),
                attack("the tag cut by four octets", ENCRYPTION_BROKEN, document -> cut(document, last(document), 4)),
                attack("no more than a nonce", ENCRYPTION_STRUCTURE, document -> cut(document, last(document), 9_999)),
                attack("the wrapped key cut", ENCRYPTION_STRUCTURE, document -> cut(document, first(document), 8)),
                attack(
                        "content under AES-256-CBC",
                        ENCRYPTION_ALGORITHM,
                        replace(EncryptionXml.CONTENT, XENC + "aes256-cbc")),
                attack(
                        "content under AES-128-GCM",
                        ENCRYPTION_ALGORITHM,
                        replace(EncryptionXml.CONTENT, XENC11 + "aes128-gcm")),
                attack(
                        "content under key wrap",
                        ENCRYPTION_ALGORITHM,
                        replace(EncryptionXml.CONTENT, XENC + "kw-aes256")),
                attack("key under RSA 1.5", ENCRYPTION_ALGORITHM, replace(EncryptionXml.KEY_WRAP, XENC + "rsa-1_5")),
                attack(
                        "key under RSA OAEP",
                        ENCRYPTION_ALGORITHM,
                        replace(EncryptionXml.KEY_WRAP, XENC11 + "rsa-oaep")),
                attack(
                        "key under kw-aes128",
                        ENCRYPTION_ALGORITHM,
                        replace(EncryptionXml.KEY_WRAP, XENC + "kw-aes128")),
                attack(
                        "key under kw-tripledes",
                        ENCRYPTION_ALGORITHM,
                        replace(EncryptionXml.KEY_WRAP, XENC + "kw-tripledes")),
                attack(
                        "key under the content's cipher",
                        ENCRYPTION_ALGORITHM,
                        replace(EncryptionXml.KEY_WRAP, EncryptionXml.CONTENT)),
                attack("static agreement", ENCRYPTION_ALGORITHM, replace("#ECDH-ES", "#dh-es")),
                attack("derivation by PBKDF2", ENCRYPTION_ALGORITHM, replace("#ConcatKDF", "#pbkdf2")),
                attack(
                        "derivation with SHA-1",
                        ENCRYPTION_ALGORITHM,
                        replace(
                                "DigestMethod Algorithm=\"" + EncryptionXml.SHA256,
                                "DigestMethod Algorithm=\"" + DS + "sha1")),
                attack(
                        "recipient by SHA-1",
                        ENCRYPTION_ALGORITHM,
                        replace("\" Algorithm=\"" + EncryptionXml.SHA256 + "\">", "\" Algorithm=\"" + DS + "sha1\">")),
                attack(
                        "no algorithm at all",
                        ENCRYPTION_ALGORITHM,
                        replace(" Algorithm=\"" + EncryptionXml.CONTENT + "\"", "")),
                attack("another curve", ENCRYPTION_ALGORITHM, replace(EncryptionXml.P256_URI, "urn:oid:1.3.132.0.34")),
                attack(
                        "a point that is on no curve",
                        ENCRYPTION_KEY,
                        document -> flip(document, document.indexOf(POINT), 5)),
                attack(
                        "a point of a twist",
                        ENCRYPTION_KEY,
                        document -> put(document, document.indexOf(POINT), new byte[65])),
                attack("infinity", ENCRYPTION_KEY, document -> put(document, document.indexOf(POINT), new byte[1])),
                attack(
                        "a compressed point",
                        ENCRYPTION_KEY,
                        document -> put(document, document.indexOf(POINT), compressed())),
                attack(
                        "the derivation for another algorithm",
                        ENCRYPTION_STRUCTURE,
                        replace("AlgorithmID=\"00", "AlgorithmID=\"0000")),
                attack(
                        "padding bits in the derivation",
                        ENCRYPTION_STRUCTURE,
                        replace("PartyUInfo=\"00", "PartyUInfo=\"04")),
                attack(
                        "more in the derivation",
                        ENCRYPTION_STRUCTURE,
                        replace("<xenc11:ConcatKDFParams ", "<xenc11:ConcatKDFParams SuppPubInfo=\"00ff\" ")),
                attack(
                        "a nonce in the agreement",
                        ENCRYPTION_STRUCTURE,
                        replace(
                                "<xenc11:KeyDerivationMethod",
                                "<xenc:KA-Nonce>AA==</xenc:KA-Nonce><xenc11:KeyDerivationMethod")),
                attack(
                        "a reference instead of the ciphertext",
                        ENCRYPTION_STRUCTURE,
                        PayloadCipherAttackTest::reference),
                attack(
                        "a transform",
                        ENCRYPTION_ALGORITHM,
                        replace(
                                "<ds:KeyInfo xmlns",
                                "<ds:Transform xmlns:ds=\"" + DS
                                        + "\" Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"/><ds:KeyInfo xmlns")),
                attack(
                        "a retrieval method",
                        ENCRYPTION_STRUCTURE,
                        replace(
                                "<xenc:EncryptedKey><",
                                "<ds:RetrievalMethod URI=\"http://127.0.0.1/\"/><xenc:EncryptedKey><")),
                attack(
                        "a key by name",
                        ENCRYPTION_STRUCTURE,
                        replace("<xenc:RecipientKeyInfo>", "<xenc:RecipientKeyInfo><ds:KeyName>x</ds:KeyName>")),
                attack(
                        "properties",
                        ENCRYPTION_STRUCTURE,
                        replace("</xenc:EncryptedData>", "<xenc:EncryptionProperties/></xenc:EncryptedData>")),
                attack("another encrypted document inside", ENCRYPTION_STRUCTURE, PayloadCipherAttackTest::nested),
                attack(
                        "nothing encrypted at all",
                        ENCRYPTION_STRUCTURE,
                        document -> new String(PLAIN, StandardCharsets.UTF_8)),
                attack("an encrypted key alone", ENCRYPTION_STRUCTURE, replace("EncryptedData", "EncryptedKey")),
                attack("another type", ENCRYPTION_STRUCTURE, replace("#Element\"", "#Content\"")),
                attack(
                        "an encoding",
                        ENCRYPTION_STRUCTURE,
                        replace(" Type=", " Encoding=\"http://www.w3.org/2000/09/xmldsig#base64\" Type=")),
                attack("no key", ENCRYPTION_STRUCTURE, document -> keys(document, 0)),
                attack("a recipient twice", ENCRYPTION_STRUCTURE, document -> keys(document, 2)),
                attack("nine keys", ENCRYPTION_OVERSIZED, document -> keys(document, 9)),
                attack("only another's key", ENCRYPTION_NOT_FOR_US, PayloadCipherAttackTest::onlyTheSenders),
                attack("Base64 with bits to spare", ENCRYPTION_STRUCTURE, PayloadCipherAttackTest::spareBits),
                attack(
                        "text between elements",
                        ENCRYPTION_STRUCTURE,
                        replace("<xenc:CipherData>", "x<xenc:CipherData>")),
                attack("a comment", XML_FORBIDDEN_NODE, replace("<xenc:CipherData>", "<!-- --><xenc:CipherData>")),
                attack(
                        "a comment inside the ciphertext",
                        XML_FORBIDDEN_NODE,
                        document -> document.substring(0, document.length() - 80) + "<!---->"
                                + document.substring(document.length() - 80)),
                attack(
                        "a document type",
                        XML_DOCTYPE,
                        document -> "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + document),
                attack("a namespace that is not that", ENCRYPTION_STRUCTURE, replace("\"" + XENC + "\"", "\"urn:x\"")),
                attack(
                        "more text than a document may hold",
                        XML_LIMIT,
                        document -> document.replace(VALUE, VALUE + "A".repeat(5_000_000))));
    }

    private static final String XENC = EncryptionXml.XENC;
    private static final String XENC11 = EncryptionXml.XENC11;
    private static final String DS = EncryptionXml.DS;

    private static Arguments attack(String name, FaultCode code, UnaryOperator<String> change) {
        return Arguments.of(name, code, change);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("attacks")
    void decrypt_whenTheDocumentIsAttacked_refusesWithItsCode(
            String name, FaultCode code, UnaryOperator<String> change) {
        String attacked = change.apply(world.encrypted());

        assertThat(world.decrypt(attacked, world.receiver))
                .isInstanceOfSatisfying(Decryption.Refused.class, refused -> {
                    assertThat(refused.code()).as(refused.detail()).isEqualTo(code);
                    assertThat(refused.detail()).doesNotContain("9990045842").hasSizeLessThan(200);
                });
    }

    @Test
    void decrypt_whenAnythingIsMutated_neverGivesOtherOctetsAndIsQuick() {
        Set<FaultCode> expected = EnumSet.of(
                ENCRYPTION_ALGORITHM,
                ENCRYPTION_BROKEN,
                ENCRYPTION_KEY,
                ENCRYPTION_NOT_FOR_US,
                ENCRYPTION_OTHER_MESSAGE,
                ENCRYPTION_STRUCTURE,
                XML_MALFORMED,
                XML_ENCODING,
                XML_LIMIT,
                XML_DOCTYPE,
                XML_FORBIDDEN_NODE);
        Random random = new Random(20_261_121);
        byte[] genuine = world.encrypted().getBytes(StandardCharsets.UTF_8);
        Duration longest = Duration.ZERO;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = genuine.clone();
            int at = random.nextInt(mutated.length);
            mutated[at] = (byte) random.nextInt(256);
            Instant start = Instant.now();
            Decryption read = world.cipher.decrypt(mutated, EncryptionWorld.keys(world.receiver), BINDING);
            Duration took = Duration.between(start, Instant.now());
            longest = took.compareTo(longest) > 0 ? took : longest;
            if (read instanceof Decryption.Plain plain) {
                // A blank for another, or a letter's case where the format has no preference.
                assertThat(plain.octets()).isEqualTo(PLAIN);
            } else {
                assertThat(expected).contains(((Decryption.Refused) read).code());
            }
        }
        assertThat(longest).isLessThan(Duration.ofMillis(500));
    }

    private static UnaryOperator<String> replace(String from, String to) {
        return document -> {
            assertThat(document).contains(from);
            return document.replace(from, to);
        };
    }

    private static int first(String document) {
        return document.indexOf(VALUE);
    }

    private static int last(String document) {
        return document.lastIndexOf(VALUE);
    }

    private static int start(String document, int element) {
        return document.indexOf('>', element) + 1;
    }

    private static byte[] octets(String document, int element) {
        int start = start(document, element);
        return Base64.getDecoder().decode(document.substring(start, document.indexOf('<', start)));
    }

    private static String put(String document, int element, byte[] octets) {
        int start = start(document, element);
        return document.substring(0, start)
                + Base64.getEncoder().encodeToString(octets)
                + document.substring(document.indexOf('<', start));
    }

    private static String flip(String document, int element, int index) {
        byte[] octets = octets(document, element);
        octets[index < 0 ? octets.length + index : index] ^= 1;
        return put(document, element, octets);
    }

    private static String cut(String document, int element, int octets) {
        byte[] all = octets(document, element);
        return put(document, element, java.util.Arrays.copyOf(all, Math.max(12, all.length - octets)));
    }

    /** Exchanges what the first two elements of this name hold. */
    private static String swap(String document, String element) {
        int one = document.indexOf(element);
        int two = document.indexOf(element, one + 1);
        byte[] first = octets(document, one);
        byte[] second = octets(document, two);
        return put(put(document, two, first), one, second);
    }

    private static String swapAttribute(String document, String name) {
        int one = document.indexOf(name + "=\"") + name.length() + 2;
        int two = document.indexOf(name + "=\"", one) + name.length() + 2;
        String first = document.substring(one, document.indexOf('"', one));
        String second = document.substring(two, document.indexOf('"', two));
        return document.substring(0, one)
                + second
                + document.substring(one + first.length(), two)
                + first
                + document.substring(two + second.length());
    }

    private static String transplanted(String document, String binding) {
        byte[] other = "<x>another question</x>".getBytes(StandardCharsets.UTF_8);
        String donor = new String(world.cipher.encrypt(other, world.both(), binding), StandardCharsets.UTF_8);
        return document.substring(0, document.indexOf("<xenc:EncryptedKey>"))
                + donor.substring(donor.indexOf("<xenc:EncryptedKey>"), donor.lastIndexOf("</ds:KeyInfo>"))
                + document.substring(document.lastIndexOf("</ds:KeyInfo>"));
    }

    /** The document with its first key that many times. */
    private static String keys(String document, int count) {
        int start = document.indexOf("<xenc:EncryptedKey>");
        int end = document.indexOf("</xenc:EncryptedKey>") + "</xenc:EncryptedKey>".length();
        return document.substring(0, start)
                + document.substring(start, end).repeat(count)
                + document.substring(document.lastIndexOf("</ds:KeyInfo>"));
    }

    private static String onlyTheSenders(String document) {
        int start = document.indexOf("<xenc:EncryptedKey>");
        int end = document.indexOf("</xenc:EncryptedKey>") + "</xenc:EncryptedKey>".length();
        return document.substring(0, start) + document.substring(end);
    }

    private static String reference(String document) {
        int start = last(document);
        int end = document.lastIndexOf("</xenc:CipherData>");
        return document.substring(0, start)
                + "<xenc:CipherReference URI=\"http://127.0.0.1/x\"/>"
                + document.substring(end);
    }

    private static String nested(String document) {
        return document.replace("</xenc:EncryptedData>", document + "</xenc:EncryptedData>");
    }

    /** Another spelling of the same octets: bits that a decoder throws away. */
    private static String spareBits(String document) {
        int start = start(document, document.indexOf(POINT));
        int end = document.indexOf('<', start);
        String text = document.substring(start, end);
        assertThat(text).endsWith("=");
        int at = text.indexOf('=') - 1;
        char other = (char) (text.charAt(at) + 1);
        return document.substring(0, start + at) + other + document.substring(start + at + 1);
    }

    private static byte[] compressed() {
        byte[] point = new byte[33];
        point[0] = 2;
        return point;
    }
}
