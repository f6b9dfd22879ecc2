package org.wasl.security.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.Init;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.keys.KeyInfo;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.signature.XMLSignatureByteInput;
import org.apache.xml.security.signature.XMLSignatureInput;
import org.apache.xml.security.utils.resolver.ResourceResolverContext;
import org.apache.xml.security.utils.resolver.ResourceResolverException;
import org.apache.xml.security.utils.resolver.ResourceResolverSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.Corpora;

/**
 * The interoperability vectors of XML signatures. The library beneath agrees with what was published wherever it knows
 * the algorithm and has the key; the product's verifier takes none of them, since none keeps its profile.
 */
class XmlSignatureVectorsTest {

    private static final String DS = SignatureXml.DS;

    static {
        Init.init();
    }

    private sealed interface Outcome {
        record Checked(boolean valid) implements Outcome {}

        record Skipped(String why) implements Outcome {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"merlin-twenty-three", "aleksey-01"})
    void lenientCheck_whenAlgorithmAndKeyAreAtHand_agreesWithThePublishedVerdict(String set) throws Exception {
        Map<String, String> skipped = new TreeMap<>();
        Map<String, String> disagreeing = new TreeMap<>();
        int agreed = 0;
        for (Path vector : vectors(set)) {
            String name = vector.getFileName().toString();
            Outcome outcome = check(vector);
            if (outcome instanceof Outcome.Skipped skip) {
                skipped.put(name, skip.why());
            } else if (((Outcome.Checked) outcome).valid() == isPublishedAsValid(name)) {
                agreed++;
            } else {
                disagreeing.put(name, outcome.toString());
            }
        }
        System.out.println(set + ": " + agreed + " agree; skipped " + skipped.size() + ":");
        skipped.forEach((name, why) -> System.out.println("  " + name + ": " + why));
        assertThat(disagreeing).isEmpty();
        assertThat(agreed).isGreaterThanOrEqualTo(set.startsWith("merlin") ? 5 : 39);
    }

    @ParameterizedTest
    @ValueSource(strings = {"merlin-twenty-three", "aleksey-01"})
    void verify_whenVectorStandsInAContainer_isRefused(String set) throws IOException {
        TestWorld world = TestWorld.withKeys("EC");
        Map<FaultCode, Integer> codes = new TreeMap<>();
        for (Path vector : vectors(set)) {
            byte[] octets = Parts.of(world.request())
                    .octets(EntryNames.SIGNATURES, Files.readAllBytes(vector))
                    .zip();
            ContainerVerdict verdict = world.verify(octets);
            assertThat(verdict).as(vector.toString()).isInstanceOf(ContainerVerdict.Refused.class);
            codes.merge(((ContainerVerdict.Refused) verdict).fault().code(), 1, Integer::sum);
        }
        System.out.println(set + " refused: " + codes);
        assertThat(codes.keySet())
                .allMatch(code -> code.wireCode().startsWith("wasl.signature.")
                        || code.wireCode().startsWith("wasl.xml.")
                        || code == FaultCode.CONTAINER_OVERSIZED);
    }

    /** The same signatures in the envelope that the profile demands: so that the structure has to judge them. */
    @ParameterizedTest
    @ValueSource(strings = {"merlin-twenty-three", "aleksey-01"})
    void verify_whenVectorsSignatureStandsInTheProfilesEnvelope_isRefused(String set) throws Exception {
        TestWorld world = TestWorld.withKeys("EC");
        int judged = 0;
        for (Path vector : vectors(set)) {
            String text = Files.readString(vector, StandardCharsets.ISO_8859_1);
            int from = text.indexOf("<Signature");
            int to = text.lastIndexOf("</Signature>");
            if (from < 0 || to < from) {
                continue;
            }
            String wrapped = "<asic:XAdESSignatures xmlns:asic=\"" + SignatureXml.ASIC + "\">"
                    + text.substring(from, to)
                    + "</Signature></asic:XAdESSignatures>";
            byte[] octets = Parts.of(world.request())
                    .octets(EntryNames.SIGNATURES, wrapped.getBytes(StandardCharsets.UTF_8))
                    .zip();
            assertThat(world.verify(octets)).as(vector.toString()).isInstanceOf(ContainerVerdict.Refused.class);
            judged++;
        }
        assertThat(judged).isGreaterThan(10);
    }

    @Test
    void lenientCheck_whenAVectorIsAltered_disagrees() throws Exception {
        Path vector = Corpora.folder("xmldsig").resolve("merlin-twenty-three/signature-enveloping-rsa.xml");
        Document document = parse(Files.readString(vector, StandardCharsets.ISO_8859_1)
                .replace("some text", "some other text")
                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(check(document, vector)).isEqualTo(new Outcome.Checked(false));
    }

    private static List<Path> vectors(String set) throws IOException {
        try (Stream<Path> files = Files.list(Corpora.folder("xmldsig").resolve(set))) {
            return files.filter(f -> f.toString().endsWith(".xml")).sorted().toList();
        }
    }

    /** All but those that carry ECDSA as ASN.1, which xmlsec accepts only behind a switch named a hack. */
    private static boolean isPublishedAsValid(String name) {
        return !name.contains("with-asn1");
    }

    private static Outcome check(Path vector) throws Exception {
        return check(parse(Files.readAllBytes(vector)), vector);
    }

    private static Outcome check(Document document, Path vector) throws Exception {
        Element element =
                (Element) document.getElementsByTagNameNS(DS, "Signature").item(0);
        if (element == null) {
            return new Outcome.Skipped("holds no signature");
        }
        String method =
                ((Element) element.getElementsByTagNameNS(DS, "SignatureMethod").item(0)).getAttribute("Algorithm");
        try {
            XMLSignature signature = new XMLSignature(element, vector.toUri().toString(), false);
            signature.addResourceResolver(
                    new CorpusOnly(vector.toAbsolutePath().getParent().normalize()));
            if (method.contains("hmac")) {
                return hmac(signature, vector);
            }
            List<PublicKey> keys = keys(signature.getKeyInfo(), vector);
            if (keys.isEmpty()) {
                return new Outcome.Skipped("its key is not in the corpus");
            }
            return new Outcome.Checked(anyVerifies(signature, keys));
        } catch (XMLSecurityException e) {
            return new Outcome.Skipped(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("unsupported"));
        }
    }

    private static Outcome hmac(XMLSignature signature, Path vector) throws XMLSecurityException {
        if (!vector.toString().contains("merlin")) {
            return new Outcome.Skipped("its shared key is not in the corpus");
        }
        return new Outcome.Checked(
                signature.checkSignatureValue(signature.createSecretKey("secret".getBytes(StandardCharsets.US_ASCII))));
    }

    private static boolean anyVerifies(XMLSignature signature, List<PublicKey> keys) throws XMLSecurityException {
        String type = signature.getSignedInfo().getSignatureMethodURI().contains("dsa-sha1") ? "DSA" : "";
        for (PublicKey key : keys) {
            boolean fits = keys.size() == 1 || key.getAlgorithm().equals(type);
            if (fits && signature.checkSignatureValue(key)) {
                return true;
            }
        }
        return false;
    }

    /** The key in the signature itself, or else all that the corpus has a certificate for. */
    private static List<PublicKey> keys(KeyInfo info, Path vector) throws IOException {
        if (info == null) {
            return List.of();
        }
        try {
            if (info.getPublicKey() != null) {
                return List.of(info.getPublicKey());
            }
        } catch (XMLSecurityException e) {
            // It names a certificate to be looked for.
            return certificates(vector.resolveSibling("certs"));
        }
        return certificates(vector.resolveSibling("certs"));
    }

    private static List<PublicKey> certificates(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<PublicKey> keys = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".der")).toList()) {
                try (InputStream octets = Files.newInputStream(file)) {
                    keys.add(CertificateFactory.getInstance("X.509")
                            .generateCertificate(octets)
                            .getPublicKey());
                } catch (CertificateException e) {
                    System.out.println(file.getFileName() + " is no certificate: " + e.getMessage());
                }
            }
        }
        return keys;
    }

    /** Lenient as the product never is: the vectors declare their ids in DOCTYPEs. */
    private static Document parse(byte[] octets) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(octets));
        var all = document.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("Id")) {
                element.setIdAttribute("Id", true);
            }
        }
        return document;
    }

    /** A test reaches for nothing outside the corpus. */
    private static final class CorpusOnly extends ResourceResolverSpi {

        private final Path folder;

        CorpusOnly(Path folder) {
            this.folder = folder;
        }

        @Override
        public boolean engineCanResolveURI(ResourceResolverContext context) {
            String uri = context.uriToResolve;
            return uri != null && !uri.isEmpty() && !uri.startsWith("#");
        }

        @Override
        public XMLSignatureInput engineResolveURI(ResourceResolverContext context) throws ResourceResolverException {
            String uri = context.uriToResolve;
            Path file = uri.contains(":") ? folder : folder.resolve(uri).normalize();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                throw new ResourceResolverException("a remote reference", uri, context.baseUri);
            }
            try {
                return new XMLSignatureByteInput(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new ResourceResolverException(e, uri, context.baseUri, "generic.EmptyMessage");
            }
        }
    }
}
