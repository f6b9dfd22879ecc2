package org.wasl.security.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.security.container.EntryNames.HEADER;
import static org.wasl.security.container.EntryNames.MANIFEST;
import static org.wasl.security.container.EntryNames.MIMETYPE;
import static org.wasl.security.container.EntryNames.PAYLOAD_XML;
import static org.wasl.security.container.EntryNames.SIGNATURES;
import static org.wasl.security.container.TestWorld.utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/** Each way in which a container can be wrong, and the one code that says so. */
class RefusalTest {

    private static final TestWorld WORLD = TestWorld.withKeys("EC");
    private static final String ECDSA = SignatureMethod.ECDSA_P256_SHA256.uri();
    private static final String VALUE = "<ds:SignatureValue Id=\"SignatureValue\">";

    private static Arguments parts(String what, FaultCode code, Stage stage, Consumer<Parts> change) {
        return Arguments.of(what, code, stage, (UnaryOperator<byte[]>) octets -> {
            Parts parts = Parts.of(WORLD.request());
            change.accept(parts);
            return parts.zip();
        });
    }

    private static Arguments octets(String what, FaultCode code, UnaryOperator<byte[]> change) {
        return Arguments.of(what, code, Stage.OPEN, change);
    }

    static Stream<Arguments> alterations() {
        return Stream.of(signed(), zipEntries(), zipFields(), xml(), structure(), values())
                .flatMap(s -> s);
    }

    private static Stream<Arguments> signed() {
        return Stream.of(
                parts(
                        "payload altered",
                        FaultCode.SIGNATURE_PAYLOAD_ALTERED,
                        Stage.VERIFY,
                        p -> p.replace(PAYLOAD_XML, "وصل", "فصل")),
                parts(
                        "payload emptied",
                        FaultCode.SIGNATURE_PAYLOAD_ALTERED,
                        Stage.VERIFY,
                        p -> p.octets(PAYLOAD_XML, new byte[0])),
                parts(
                        "header altered",
                        FaultCode.SIGNATURE_HEADER_ALTERED,
                        Stage.VERIFY,
                        p -> p.replace(HEADER, "GENERAL_CLEARANCE", "COURT_CASE")),
                parts(
                        "signing time altered",
                        FaultCode.SIGNATURE_PROPERTIES_ALTERED,
                        Stage.VERIFY,
                        p -> p.text(
                                SIGNATURES, t -> t.replaceAll("<xades:SigningTime>....", "<xades:SigningTime>1999"))),
                parts("all digests forged with their parts", FaultCode.SIGNATURE_INVALID, Stage.VERIFY, p -> {
                    String before = digest(p.text(PAYLOAD_XML));
                    p.octets(PAYLOAD_XML, utf8("<x>forged</x>"));
                    p.replace(SIGNATURES, before, digest("<x>forged</x>"));
                }),
                parts(
                        "value of another message",
                        FaultCode.SIGNATURE_INVALID,
                        Stage.VERIFY,
                        p -> value(p, value(Parts.of(WORLD.request())))));
    }

    private static Stream<Arguments> zipEntries() {
        return Stream.of(
                parts(
                        "entry too many",
                        FaultCode.CONTAINER_ENTRY_EXTRA,
                        Stage.OPEN,
                        p -> p.add("extra.txt", utf8("x"))),
                parts(
                        "entry with a path",
                        FaultCode.CONTAINER_ENTRY_EXTRA,
                        Stage.OPEN,
                        p -> p.add("../header.xml", utf8("x"))),
                parts(
                        "entry twice",
                        FaultCode.CONTAINER_ENTRY_DUPLICATE,
                        Stage.OPEN,
                        p -> p.add(PAYLOAD_XML, utf8("<x></x>"))),
                parts("entry missing", FaultCode.CONTAINER_ENTRY_MISSING, Stage.OPEN, p -> p.remove(MANIFEST)),
                parts("signatures missing", FaultCode.CONTAINER_ENTRY_MISSING, Stage.OPEN, p -> p.remove(SIGNATURES)),
                parts("entries reordered", FaultCode.CONTAINER_ENTRY_ORDER, Stage.OPEN, p -> p.swap(2, 3)),
                parts(
                        "both payloads",
                        FaultCode.CONTAINER_ENTRY_EXTRA,
                        Stage.OPEN,
                        p -> p.add("payload.bin", utf8("x"))),
                parts(
                        "other mimetype",
                        FaultCode.CONTAINER_MIMETYPE,
                        Stage.OPEN,
                        p -> p.octets(MIMETYPE, utf8("application/zip"))),
                parts(
                        "manifest altered",
                        FaultCode.CONTAINER_MANIFEST,
                        Stage.OPEN,
                        p -> p.replace(MANIFEST, "payload.xml", "payload.txt")),
                parts(
                        "payload too large",
                        FaultCode.CONTAINER_OVERSIZED,
                        Stage.OPEN,
                        p -> p.octets(PAYLOAD_XML, new byte[10 * 1024 * 1024 + 1])),
                parts(
                        "header too large",
                        FaultCode.CONTAINER_OVERSIZED,
                        Stage.OPEN,
                        p -> p.octets(HEADER, new byte[17 * 1024])));
    }

    private static Stream<Arguments> zipFields() {
        return Stream.of(
                octets("nothing", FaultCode.CONTAINER_NOT_ZIP, o -> new byte[0]),
                octets("not a zip", FaultCode.CONTAINER_NOT_ZIP, o -> utf8("<header></header>".repeat(9))),
                octets("leading octet", FaultCode.CONTAINER_NOT_ZIP, o -> join(new byte[1], o)),
                octets("trailing octet", FaultCode.CONTAINER_NOT_ZIP, o -> join(o, new byte[1])),
                octets("trailing line", FaultCode.CONTAINER_NOT_ZIP, o -> join(o, utf8("\n"))),
                octets("cut short", FaultCode.CONTAINER_NOT_ZIP, o -> Arrays.copyOf(o, o.length - 30)),
                octets("container too large", FaultCode.CONTAINER_OVERSIZED, o -> new byte[11 * 1024 * 1024]),
                octets("compressed entries", FaultCode.CONTAINER_COMPRESSED, RefusalTest::deflated),
                octets("zip bomb", FaultCode.CONTAINER_OVERSIZED, o -> bomb()),
                octets(
                        "compressed in the directory alone",
                        FaultCode.CONTAINER_COMPRESSED,
                        o -> with(o, central(o) + 10, 8)),
                octets("compressed in the local header alone", FaultCode.CONTAINER_ZIP_MISMATCH, o -> with(o, 8, 8)),
                octets(
                        "data descriptor in both",
                        FaultCode.CONTAINER_NOT_ZIP,
                        o -> with(with(o, 6, 8), central(o) + 8, 8)),
                octets("data descriptor flagged locally", FaultCode.CONTAINER_ZIP_MISMATCH, o -> with(o, 6, 8)),
                octets(
                        "other time in both",
                        FaultCode.CONTAINER_NOT_ZIP,
                        o -> with(with(o, 10, 1), central(o) + 12, 1)),
                octets(
                        "other version in both",
                        FaultCode.CONTAINER_NOT_ZIP,
                        o -> with(with(o, 4, 20), central(o) + 6, 20)),
                octets("external attributes", FaultCode.CONTAINER_NOT_ZIP, o -> with(o, central(o) + 38, 1)),
                octets(
                        "other size in the directory",
                        FaultCode.CONTAINER_ZIP_MISMATCH,
                        o -> with(o, central(o) + 24, 1)),
                octets("other name in the local header", FaultCode.CONTAINER_ZIP_MISMATCH, o -> with(o, 30, 'n')),
                octets(
                        "wrong CRC in both",
                        FaultCode.CONTAINER_ZIP_MISMATCH,
                        o -> with(with(o, 14, 1), central(o) + 16, 1)),
                octets("gap before the directory", FaultCode.CONTAINER_ZIP_MISMATCH, RefusalTest::withGap),
                octets("comment", FaultCode.CONTAINER_NOT_ZIP, o -> join(with(o, o.length - 2, 1), utf8("c"))),
                octets("count of entries", FaultCode.CONTAINER_NOT_ZIP, o -> with(o, o.length - 12, 4)));
    }

    private static Stream<Arguments> xml() {
        return Stream.of(
                parts(
                        "header with a comment",
                        FaultCode.XML_FORBIDDEN_NODE,
                        Stage.OPEN,
                        p -> p.replace(HEADER, "track-1", "track<!-- -->-1")),
                parts(
                        "header with an instruction",
                        FaultCode.XML_FORBIDDEN_NODE,
                        Stage.OPEN,
                        p -> p.replace(HEADER, "</env:header>", "<?x y?></env:header>")),
                parts(
                        "signature with a comment",
                        FaultCode.XML_FORBIDDEN_NODE,
                        Stage.OPEN,
                        p -> p.replace(SIGNATURES, "<ds:KeyInfo>", "<!-- --><ds:KeyInfo>")),
                parts(
                        "signature with an instruction",
                        FaultCode.XML_FORBIDDEN_NODE,
                        Stage.OPEN,
                        p -> p.replace(SIGNATURES, "<ds:KeyInfo>", "<?x y?><ds:KeyInfo>")),
                parts(
                        "header with a DOCTYPE",
                        FaultCode.XML_DOCTYPE,
                        Stage.OPEN,
                        p -> p.text(HEADER, t -> "<!DOCTYPE x [<!ENTITY y 'z'>]>" + t)),
                parts(
                        "signature with a DOCTYPE",
                        FaultCode.XML_DOCTYPE,
                        Stage.OPEN,
                        p -> p.text(SIGNATURES, t -> "<!DOCTYPE x SYSTEM 'http://wasl.test/x.dtd'>" + t)),
                parts(
                        "header in UTF-16",
                        FaultCode.XML_ENCODING,
                        Stage.OPEN,
                        p -> p.octets(HEADER, p.text(HEADER).getBytes(StandardCharsets.UTF_16))),
                parts(
                        "header not well-formed",
                        FaultCode.XML_MALFORMED,
                        Stage.OPEN,
                        p -> p.replace(HEADER, "</env:header>", "</env:heade>")),
                parts(
                        "header breaks its schema",
                        FaultCode.HEADER_INVALID,
                        Stage.OPEN,
                        p -> p.replace(HEADER, "<env:kind>REQUEST", "<env:kind>QUESTION")),
                parts(
                        "header of another namespace",
                        FaultCode.HEADER_INVALID,
                        Stage.OPEN,
                        p -> p.replace(HEADER, "urn:wasl:envelope:1", "urn:wasl:envelope:2")),
                parts(
                        "payload for a header",
                        FaultCode.HEADER_INVALID,
                        Stage.OPEN,
                        p -> p.octets(HEADER, PayloadXml.query(Map.of()))),
                parts(
                        "blanks round a value",
                        FaultCode.HEADER_INVALID,
                        Stage.OPEN,
                        p -> p.replace(HEADER, ">track-1<", "> track-1<")),
                parts(
                        "request that names a request",
                        FaultCode.HEADER_INVALID,
                        Stage.OPEN,
                        p -> p.replace(HEADER, "<env:kind>REQUEST", "<env:kind>REPLY")),
                parts(
                        "request by its provider",
                        FaultCode.HEADER_INVALID,
                        Stage.OPEN,
                        p -> p.replace(HEADER, "<env:sender>JO/GOV/PORTAL/web", "<env:sender>JO/GOV/CSPD/registry")),
                parts(
                        "service of another provider",
                        FaultCode.HEADER_INVALID,
                        Stage.OPEN,
                        p -> p.replace(
                                HEADER, "<env:provider>JO/GOV/CSPD/registry", "<env:provider>JO/GOV/DVLD/fines")),
                parts(
                        "media type that belongs elsewhere",
                        FaultCode.HEADER_INVALID,
                        Stage.OPEN,
                        p -> p.replace(HEADER, "application/xml", "application/pdf")));
    }

    private static Stream<Arguments> structure() {
        String anotherReference = "<ds:Reference URI=\"other.xml\"><ds:DigestMethod Algorithm=\"" + SignatureXml.SHA256
                + "\"></ds:DigestMethod><ds:DigestValue>" + digest("x") + "</ds:DigestValue></ds:Reference>";
        String transform = "<ds:Transforms><ds:Transform Algorithm=\"" + SignatureXml.EXCLUSIVE_C14N
                + "\"></ds:Transform></ds:Transforms>";
        return Stream.of(
                structure(
                        "no signature",
                        FaultCode.SIGNATURE_MISSING,
                        t -> t.replaceAll("<ds:Signature .*</ds:Signature>", "")),
                structure(
                        "SHA-1 signature",
                        FaultCode.SIGNATURE_ALGORITHM,
                        t -> t.replace(ECDSA, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1")),
                structure(
                        "RSA-SHA1 signature",
                        FaultCode.SIGNATURE_ALGORITHM,
                        t -> t.replace(ECDSA, "http://www.w3.org/2000/09/xmldsig#rsa-sha1")),
                structure(
                        "HMAC signature",
                        FaultCode.SIGNATURE_ALGORITHM,
                        t -> t.replace(ECDSA, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")),
                structure(
                        "truncated HMAC",
                        FaultCode.SIGNATURE_ALGORITHM,
                        t -> t.replace(
                                ECDSA + "\">",
                                "http://www.w3.org/2000/09/xmldsig#hmac-sha1\"><ds:HMACOutputLength>8</ds:HMACOutputLength>")),
                structure(
                        "no algorithm",
                        FaultCode.SIGNATURE_ALGORITHM,
                        t -> t.replace("<ds:SignatureMethod Algorithm=\"" + ECDSA + "\">", "<ds:SignatureMethod>")),
                structure(
                        "SHA-1 digest",
                        FaultCode.SIGNATURE_ALGORITHM,
                        t -> t.replaceFirst(SignatureXml.SHA256, "http://www.w3.org/2000/09/xmldsig#sha1")),
                structure(
                        "inclusive canonicalisation",
                        FaultCode.SIGNATURE_ALGORITHM,
                        t -> t.replaceFirst(
                                SignatureXml.EXCLUSIVE_C14N, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315")),
                structure(
                        "XSLT transform",
                        FaultCode.SIGNATURE_ALGORITHM,
                        t -> t.replace(
                                "URI=\"header.xml\">",
                                "URI=\"header.xml\">"
                                        + transform.replace(
                                                SignatureXml.EXCLUSIVE_C14N,
                                                "http://www.w3.org/TR/1999/REC-xslt-19991116"))),
                structure(
                        "transform of an entry",
                        FaultCode.SIGNATURE_NOT_COVERED,
                        t -> t.replace("URI=\"header.xml\">", "URI=\"header.xml\">" + transform)),
                structure(
                        "a fourth reference",
                        FaultCode.SIGNATURE_NOT_COVERED,
                        t -> t.replace("</ds:SignedInfo>", anotherReference + "</ds:SignedInfo>")),
                structure(
                        "a reference less",
                        FaultCode.SIGNATURE_NOT_COVERED,
                        t -> t.replaceAll("<ds:Reference Id=\"reference-payload\".*?</ds:Reference>", "")),
                structure(
                        "a reference elsewhere",
                        FaultCode.SIGNATURE_NOT_COVERED,
                        t -> t.replace("URI=\"payload.xml\"", "URI=\"http://wasl.test/payload.xml\"")),
                structure(
                        "the header twice",
                        FaultCode.SIGNATURE_NOT_COVERED,
                        t -> t.replace("URI=\"payload.xml\"", "URI=\"header.xml\"")),
                structure(
                        "a second signature",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replaceAll("(<ds:Signature .*</ds:Signature>)", "$1$1")),
                structure(
                        "an Object more",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replace("<ds:Object>", "<ds:Object></ds:Object><ds:Object>")),
                structure(
                        "wrapped properties",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replaceAll("(<xades:SignedProperties .*</xades:SignedProperties>)", "$1$1")),
                structure(
                        "unsigned properties",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replace(
                                "</xades:SignedProperties>",
                                "</xades:SignedProperties><xades:UnsignedProperties></xades:UnsignedProperties>")),
                structure(
                        "RetrievalMethod",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replace(
                                "<ds:KeyInfo>",
                                "<ds:KeyInfo><ds:RetrievalMethod URI=\"http://wasl.test/\"></ds:RetrievalMethod>")),
                structure(
                        "no KeyInfo",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replaceAll("<ds:KeyInfo>.*</ds:KeyInfo>", "")),
                structure(
                        "an attribute more",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replace("<ds:KeyInfo>", "<ds:KeyInfo Id=\"k\">")),
                structure(
                        "white space", FaultCode.SIGNATURE_STRUCTURE, t -> t.replace("<ds:KeyInfo>", "\n<ds:KeyInfo>")),
                structure(
                        "other quotes",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replace("Id=\"SignatureValue\"", "Id='SignatureValue'")),
                structure(
                        "other media type",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replaceFirst("<xades:MimeType>application/xml", "<xades:MimeType>application/pdf")),
                structure(
                        "other namespace",
                        FaultCode.SIGNATURE_STRUCTURE,
                        t -> t.replace("xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\"", "xmlns:asic=\"urn:x\"")));
    }

    private static Arguments structure(String what, FaultCode code, UnaryOperator<String> change) {
        return parts(what, code, Stage.OPEN, p -> p.text(SIGNATURES, change));
    }

    private static Stream<Arguments> values() {
        return Stream.of(
                parts(
                        "r and s a byte short",
                        FaultCode.SIGNATURE_INVALID,
                        Stage.VERIFY,
                        p -> value(p, Arrays.copyOf(value(p), 63))),
                parts(
                        "r and s a byte long",
                        FaultCode.SIGNATURE_INVALID,
                        Stage.VERIFY,
                        p -> value(p, Arrays.copyOf(value(p), 65))),
                parts("r and s swapped", FaultCode.SIGNATURE_INVALID, Stage.VERIFY, p -> {
                    byte[] v = value(p);
                    value(p, join(Arrays.copyOfRange(v, 32, 64), Arrays.copyOf(v, 32)));
                }),
                parts("all zero", FaultCode.SIGNATURE_INVALID, Stage.VERIFY, p -> value(p, new byte[64])),
                parts("the upper s", FaultCode.SIGNATURE_INVALID, Stage.VERIFY, p -> value(p, upper(value(p)))),
                parts(
                        "DER",
                        FaultCode.SIGNATURE_INVALID,
                        Stage.VERIFY,
                        p -> value(p, join(new byte[] {0x30, 0x44}, value(p)))),
                parts(
                        "Base64 with trailing bits",
                        FaultCode.SIGNATURE_STRUCTURE,
                        Stage.OPEN,
                        p -> p.text(
                                SIGNATURES,
                                t -> t.replaceFirst("[AQgw]==</ds:SignatureValue>", "B==</ds:SignatureValue>"))),
                parts(
                        "Base64 without padding",
                        FaultCode.SIGNATURE_STRUCTURE,
                        Stage.OPEN,
                        p -> p.replace(SIGNATURES, "==</ds:SignatureValue>", "</ds:SignatureValue>")),
                parts(
                        "Base64 with a line end",
                        FaultCode.SIGNATURE_STRUCTURE,
                        Stage.OPEN,
                        p -> p.replace(SIGNATURES, "==</ds:SignatureValue>", "==\n</ds:SignatureValue>")),
                parts(
                        "a digest a byte short",
                        FaultCode.SIGNATURE_STRUCTURE,
                        Stage.OPEN,
                        p -> p.text(
                                SIGNATURES,
                                t -> t.replaceFirst(
                                        "<ds:DigestValue>[^<]*", "<ds:DigestValue>" + base64(new byte[31])))),
                parts(
                        "another member's certificate",
                        FaultCode.CERTIFICATE_OTHER_MEMBER,
                        Stage.VERIFY,
                        p -> certificate(p, encoded(WORLD.cspdKey))),
                parts(
                        "an unknown certificate",
                        FaultCode.CERTIFICATE_UNKNOWN,
                        Stage.VERIFY,
                        p -> certificate(p, encoded(TestKey.of(TestWorld.PORTAL, WORLD.authority, "EC")))),
                parts("no certificate", FaultCode.CERTIFICATE_UNKNOWN, Stage.VERIFY, p -> certificate(p, new byte[3])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    void verify_whenAltered_isRefusedWithItsCode(
            String what, FaultCode code, Stage stage, UnaryOperator<byte[]> change) {
        ContainerVerdict verdict = WORLD.verify(change.apply(WORLD.request().octets()));

        assertThat(verdict).isInstanceOf(ContainerVerdict.Refused.class);
        ContainerVerdict.Refused refused = (ContainerVerdict.Refused) verdict;
        assertThat(refused.fault().code()).as(refused.fault().toString()).isEqualTo(code);
        assertThat(refused.fault().stage()).as(refused.fault().toString()).isEqualTo(stage);
        if (stage == Stage.VERIFY) {
            assertThat(refused.claimed()).isPresent();
            assertThat(refused.fault().leg()).isEqualTo("JO/GOV/PORTAL");
        }
    }

    @Test
    void verify_whenAnotherMemberSigned_isRefused() {
        Header header = WORLD.header(MessageKind.REQUEST, "application/xml");
        Container forged = new AsicContainerSigner().sign(header, utf8("<x></x>"), WORLD.cspdKey.as(TestWorld.PORTAL));
        assertThat(code(WORLD.registry, forged, WORLD.now)).isEqualTo(FaultCode.CERTIFICATE_OTHER_MEMBER);
    }

    @Test
    void verify_whenTheSignersCertificateIsClaimedByAnotherKey_isRefused() {
        Header header = WORLD.header(MessageKind.REQUEST, "application/xml");
        TestKey thief = WORLD.cspdKey.as(TestWorld.PORTAL).with(WORLD.portalKey.certificate());
        Container forged = new AsicContainerSigner().sign(header, utf8("<x></x>"), thief);
        assertThat(code(WORLD.registry, forged, WORLD.now)).isEqualTo(FaultCode.SIGNATURE_INVALID);
    }

    @Test
    void verify_whenTheCertificateHasExpired_isRefused() {
        TestKey old = WORLD.portalKey.with(WORLD.authority.issue(
                "old",
                WORLD.portalKey.certificate().getPublicKey(),
                WORLD.now.minus(Duration.ofDays(20)),
                10,
                KeyUsage.digitalSignature));
        RegisteredCertificate registered = WORLD.registered(old.certificate());
        assertThat(code(registry(registered), signed(old), WORLD.now)).isEqualTo(FaultCode.CERTIFICATE_EXPIRED);
    }

    @Test
    void verify_whenTheRegistryNoLongerAcceptsTheCertificate_isRefused() {
        Instant later = WORLD.now.plus(Duration.ofDays(364)).plusSeconds(86_400);
        assertThat(code(WORLD.registry, WORLD.request(), later)).isEqualTo(FaultCode.CERTIFICATE_EXPIRED);
    }

    @Test
    void verify_whenTheKeyIsCompromised_isRefusedFromThen() {
        RegisteredCertificate registered = new RegisteredCertificate(
                CertificateUse.MESSAGE,
                WORLD.portalKey.certificate(),
                WORLD.now.minus(Duration.ofDays(1)),
                WORLD.now.plus(Duration.ofDays(1)),
                WORLD.now);
        Container request = WORLD.request();
        assertThat(code(registry(registered), request, WORLD.now)).isEqualTo(FaultCode.CERTIFICATE_REVOKED);
        assertThat(TestWorld.verifier().verify(request.octets(), registry(registered), WORLD.now.minusMillis(1)))
                .isInstanceOf(ContainerVerdict.Genuine.class);
    }

    @Test
    void verify_whenTheCertificateIsRegisteredForTlsAlone_isRefused() {
        RegisteredCertificate registered = new RegisteredCertificate(
                CertificateUse.TLS,
                WORLD.portalKey.certificate(),
                WORLD.now.minus(Duration.ofDays(1)),
                WORLD.now.plus(Duration.ofDays(1)),
                null);
        assertThat(code(registry(registered), WORLD.request(), WORLD.now)).isEqualTo(FaultCode.CERTIFICATE_USAGE);
    }

    @Test
    void verify_whenTheCertificateMayNotSign_isRefused() {
        TestKey key = WORLD.portalKey.with(WORLD.authority.issue(
                "agreement only",
                WORLD.portalKey.certificate().getPublicKey(),
                WORLD.now.minus(Duration.ofDays(1)),
                10,
                KeyUsage.keyAgreement));
        assertThat(code(registry(WORLD.registered(key.certificate())), signed(key), WORLD.now))
                .isEqualTo(FaultCode.CERTIFICATE_USAGE);
    }

    @Test
    void verify_whenNoAuthorityOfTheRegistryIssuedTheCertificate_isRefused() {
        TestAuthority foreign = new TestAuthority("Message authority", WORLD.now);
        Registry registry = WORLD.registry(
                foreign.certificate(),
                WORLD.registered(WORLD.portalKey.certificate()),
                WORLD.registered(WORLD.cspdKey.certificate()));
        assertThat(code(registry, WORLD.request(), WORLD.now)).isEqualTo(FaultCode.CERTIFICATE_UNTRUSTED);
    }

    @Test
    void verify_whenTheKeyIsWeak_isRefused() {
        TestKey weak = TestKey.of(TestWorld.PORTAL, WORLD.authority, "RSA-1024");
        byte[] octets = Parts.of(WORLD.request())
                .text(SIGNATURES, t -> t.replace(ECDSA, SignatureMethod.RSA_SHA256.uri()))
                .text(
                        SIGNATURES,
                        t -> t.replaceFirst(
                                "<ds:X509Certificate>[^<]*", "<ds:X509Certificate>" + base64(encoded(weak))))
                .zip();
        assertThat(code(registry(WORLD.registered(weak.certificate())), octets, WORLD.now))
                .isEqualTo(FaultCode.SIGNATURE_ALGORITHM);
    }

    @Test
    void verify_whenTheAlgorithmIsNotTheKeys_isRefused() {
        byte[] octets = Parts.of(WORLD.request())
                .text(SIGNATURES, t -> t.replace(ECDSA, SignatureMethod.ED25519.uri()))
                .zip();
        assertThat(code(WORLD.registry, octets, WORLD.now)).isEqualTo(FaultCode.SIGNATURE_ALGORITHM);
    }

    @Test
    void verify_whenAnyOctetIsChanged_isNeverGenuine() {
        Random random = new Random(20261121);
        byte[] genuine = WORLD.request().octets();
        assertThat(WORLD.verify(genuine)).isInstanceOf(ContainerVerdict.Genuine.class);
        AsicContainerVerifier verifier = TestWorld.verifier();
        List<String> survivors = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            byte[] mutant = genuine.clone();
            int at = random.nextInt(mutant.length);
            mutant[at] ^= (byte) (1 + random.nextInt(255));
            if (verifier.verify(mutant, WORLD.registry, WORLD.now) instanceof ContainerVerdict.Genuine) {
                survivors.add("octet " + at);
            }
        }
        assertThat(survivors).isEmpty();
    }

    @Test
    void verify_whenOctetsInsideTheEntriesAreChangedAndZippedAnew_isNeverGenuine() {
        Random random = new Random(7);
        Container genuine = WORLD.request();
        AsicContainerVerifier verifier = TestWorld.verifier();
        List<String> survivors = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Parts parts = Parts.of(genuine);
            StoredZip.Entry entry =
                    parts.entries().get(random.nextInt(parts.entries().size()));
            byte[] octets = entry.octets().clone();
            int at = random.nextInt(octets.length);
            octets[at] ^= (byte) (1 << random.nextInt(8));
            byte[] mutant = parts.octets(entry.name(), octets).zip();
            if (verifier.verify(mutant, WORLD.registry, WORLD.now) instanceof ContainerVerdict.Genuine) {
                survivors.add(entry.name() + " octet " + at);
            }
        }
        assertThat(survivors).isEmpty();
    }

    private static Registry registry(RegisteredCertificate portal) {
        return WORLD.registry(portal, WORLD.registered(WORLD.cspdKey.certificate()));
    }

    private static Container signed(TestKey key) {
        return new AsicContainerSigner()
                .sign(WORLD.header(MessageKind.REQUEST, "application/xml"), utf8("<x></x>"), key);
    }

    private static FaultCode code(Registry registry, Container container, Instant at) {
        return code(registry, container.octets(), at);
    }

    private static FaultCode code(Registry registry, byte[] octets, Instant at) {
        ContainerVerdict verdict = TestWorld.verifier().verify(octets, registry, at);
        assertThat(verdict).isInstanceOf(ContainerVerdict.Refused.class);
        return ((ContainerVerdict.Refused) verdict).fault().code();
    }

    private static byte[] value(Parts parts) {
        String text = parts.text(SIGNATURES);
        int from = text.indexOf(VALUE) + VALUE.length();
        return Base64.getDecoder().decode(text.substring(from, text.indexOf('<', from)));
    }

    private static void value(Parts parts, byte[] value) {
        parts.text(SIGNATURES, t -> t.replaceFirst(VALUE + "[^<]*", VALUE + base64(value)));
    }

    private static void certificate(Parts parts, byte[] octets) {
        parts.text(
                SIGNATURES, t -> t.replaceFirst("<ds:X509Certificate>[^<]*", "<ds:X509Certificate>" + base64(octets)));
    }

    private static byte[] encoded(TestKey key) {
        try {
            return key.certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    /** (r, n − s): verifies mathematically, and anybody can compute it. */
    private static byte[] upper(byte[] value) {
        BigInteger order = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
        byte[] s = order.subtract(new BigInteger(1, Arrays.copyOfRange(value, 32, 64)))
                .toByteArray();
        byte[] upper = Arrays.copyOf(value, 64);
        System.arraycopy(s, s.length - 32, upper, 32, 32);
        return upper;
    }

    private static String digest(String text) {
        return base64(CryptoProvider.chosen().sha256(utf8(text)));
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private static byte[] with(byte[] octets, int at, int value) {
        byte[] changed = octets.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static int central(byte[] octets) {
        return little(octets).getInt(octets.length - 6);
    }

    private static ByteBuffer little(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] withGap(byte[] octets) {
        int central = central(octets);
        byte[] changed = join(
                join(Arrays.copyOf(octets, central), new byte[4]), Arrays.copyOfRange(octets, central, octets.length));
        little(changed).putInt(changed.length - 6, central + 4);
        return changed;
    }

    private static byte[] deflated(byte[] octets) {
        return zipped(Parts.of(WORLD.request()).entries());
    }

    /** Small on the wire, huge once inflated. */
    private static byte[] bomb() {
        Parts parts = Parts.of(WORLD.request());
        parts.octets(PAYLOAD_XML, new byte[64 * 1024 * 1024]);
        return zipped(parts.entries());
    }

    private static byte[] zipped(List<StoredZip.Entry> entries) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(octets)) {
            for (StoredZip.Entry entry : entries) {
                zip.putNextEntry(new ZipEntry(entry.name()));
                zip.write(entry.octets());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return octets.toByteArray();
    }
}
