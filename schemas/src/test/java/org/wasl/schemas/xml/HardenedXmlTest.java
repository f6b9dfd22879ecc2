package org.wasl.schemas.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.fault.FaultCode;

class HardenedXmlTest {

    private static final AtomicInteger FETCHED = new AtomicInteger();
    private static HttpServer server;
    private static String url;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/", exchange -> {
            FETCHED.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
    }

    @AfterAll
    static void stopServer() {
        server.stop(0);
    }

    @Test
    void parse_whenDocumentIsPlain_givesNamespacesAttributesAndText() {
        Document document = parsed("<a xmlns='urn:a' xmlns:b='urn:b' b:c='د'>أ<![CDATA[<ب>]]>&amp;&#x62A;</a>");

        Element root = document.getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo("urn:a");
        assertThat(root.getAttributeNS("urn:b", "c")).isEqualTo("د");
        assertThat(root.getTextContent()).isEqualTo("أ<ب>&ت");
        assertThat(root.getChildNodes().getLength()).as("one text node").isEqualTo(1);
    }

    @Test
    void parse_whenCommentSplitsText_foreignRulesJoinIt() {
        XmlVerdict verdict = HardenedXml.parse(octets("<a>admin<!-- -->istrator<?x y?></a>"), XmlRules.FOREIGN);

        Element root = ((XmlVerdict.Parsed) verdict).document().getDocumentElement();
        assertThat(root.getFirstChild().getNodeValue()).isEqualTo("administrator");
        assertThat(root.getChildNodes().getLength()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<a b='1' b='2'/>",
                "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
                "<p:a/>",
                "<:a/>",
                "<a :b=''/>",
                "<a>&nothing;</a>",
                "<a>&#0;</a>",
                "<a>\u0001</a>",
                "<?xml version='1.1'?><a/>",
                "<a xmlns:xml='urn:x'/>"
            })
    void parse_whenNotWellFormed_saysMalformed(String xml) {
        assertRefused(xml, FaultCode.XML_MALFORMED);
    }

    @Test
    void parse_whenMalformed_saysWhere() {
        XmlVerdict.Refused refused = refused(octets("<a>\n  <b></c>\n</a>"));

        assertThat(refused.line()).isEqualTo(2);
        assertThat(refused.column()).isPositive();
    }

    @Test
    void parse_whenOctetsAreNotUtf8_saysMalformed() {
        assertThat(refused(new byte[] {'<', 'a', '>', (byte) 0xC3, (byte) 0x28, '<', '/', 'a', '>'})
                        .code())
                .isEqualTo(FaultCode.XML_MALFORMED);
        byte[] overlong = {'<', 'a', '>', (byte) 0xC0, (byte) 0xBC, '<', '/', 'a', '>'};
        assertThat(refused(overlong).code()).isEqualTo(FaultCode.XML_MALFORMED);
    }

    @Test
    void parse_whenDoctype_refusesWhateverItHolds() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "SECRET");
        String bomb = IntStream.range(1, 12)
                .mapToObj(i -> "<!ENTITY e" + i + " \"" + ("&e" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining("", "<!DOCTYPE a [<!ENTITY e0 \"boom\">", "]><a>&e11;</a>"));
        for (String xml : List.of(
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a SYSTEM '" + url + "'><a/>",
                "<!DOCTYPE a PUBLIC 'x' '" + url + "'><a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM '" + url + "'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY % x SYSTEM '" + url + "'> %x;]><a/>",
                "<!DOCTYPE a [<!ATTLIST a b CDATA 'default'>]><a/>",
                bomb)) {
            assertRefused(xml, FaultCode.XML_DOCTYPE);
            assertThat(((XmlVerdict.Refused) HardenedXml.parse(octets(xml), XmlRules.FOREIGN)).code())
                    .isEqualTo(FaultCode.XML_DOCTYPE);
            assertThatThrownBy(() -> drain(HardenedXml.streamReader(octets(xml), XmlRules.FOREIGN)))
                    .isInstanceOf(XMLStreamException.class)
                    .hasMessageNotContaining("SECRET");
        }
        assertThat(FETCHED).hasValue(0);
    }

    @Test
    void parse_whenDocumentPointsElsewhere_fetchesNothing() {
        for (String xml : List.of(
                "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='" + url + "'/></a>",
                "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd' parse='text'/></a>",
                "<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='urn:a " + url + "'/>",
                "<a xmlns='" + url + "'/>",
                "<a xml:base='" + url + "'/>")) {
            assertThat(parsed(xml).getDocumentElement().getTextContent()).isEmpty();
        }
        XmlVerdict stylesheet = HardenedXml.parse(
                octets("<?xml-stylesheet type='text/xsl' href='" + url + "'?><a/>"), XmlRules.FOREIGN);
        assertThat(stylesheet).isInstanceOf(XmlVerdict.Parsed.class);
        assertThat(FETCHED).hasValue(0);
    }

    @Test
    void compile_whenSchemaImportsWhatIsNotGiven_failsAndFetchesNothing() {
        for (String reference : List.of(
                "<xs:import namespace='urn:b' schemaLocation='" + url + "'/>",
                "<xs:import namespace='urn:c'/><xs:element name='e' xmlns:c='urn:c' type='c:Missing'/>",
                "<xs:import namespace='urn:b' schemaLocation='file:///etc/passwd'/>")) {
            GrammarSource source = new GrammarSource(
                    "urn:a",
                    "a",
                    "a-1.0.xsd",
                    octets("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:a'>" + reference
                            + "</xs:schema>"));
            assertThatThrownBy(() -> Grammar.compile(List.of(source))).isInstanceOf(IllegalStateException.class);
        }
        assertThat(FETCHED).hasValue(0);
    }

    @Test
    void parse_whenDeeperThanAllowed_saysLimit() {
        int max = XmlRules.MAX_DEPTH;
        parsed("<a>".repeat(max) + "</a>".repeat(max));
        assertRefused("<a>".repeat(max + 1) + "</a>".repeat(max + 1), FaultCode.XML_LIMIT);
        assertRefused("<a>".repeat(1_000_000), FaultCode.XML_LIMIT);
    }

    @Test
    void parse_whenMoreAttributesThanAllowed_saysLimit() {
        int max = XmlRules.MAX_ATTRIBUTES;
        parsed("<a " + attributes(max) + "/>");
        assertRefused("<a " + attributes(max + 1) + "/>", FaultCode.XML_LIMIT);
        assertRefused("<a " + attributes(200_000) + "/>", FaultCode.XML_LIMIT);
        String declarations = IntStream.range(0, 200_000)
                .mapToObj(i -> "xmlns:n" + i + "='urn:" + i + "'")
                .collect(Collectors.joining(" "));
        assertRefused("<a " + declarations + "/>", FaultCode.XML_LIMIT);
    }

    @Test
    void parse_whenNameIsLongerThanAllowed_saysLimit() {
        parsed("<" + "a".repeat(XmlRules.MAX_NAME_CHARACTERS) + "/>");
        assertRefused("<" + "a".repeat(XmlRules.MAX_NAME_CHARACTERS + 1) + "/>", FaultCode.XML_LIMIT);
        assertRefused("<a " + "b".repeat(XmlRules.MAX_NAME_CHARACTERS + 1) + "=''/>", FaultCode.XML_LIMIT);
    }

    @Test
    void parse_whenTextIsLongerThanAllowed_saysLimit() {
        String most = "x".repeat(XmlRules.MAX_TEXT_CHARACTERS);
        parsed("<a>" + most + "</a>");
        assertRefused("<a>" + most + "x</a>", FaultCode.XML_LIMIT);
        assertRefused("<a b='" + most + "x'/>", FaultCode.XML_LIMIT);
    }

    @Test
    void parse_whenDocumentIsLargerThanAllowed_saysLimit() {
        byte[] octets = octets("<a>12345</a>");
        assertThat(HardenedXml.parse(octets, XmlRules.WIRE.withMaxOctets(octets.length)))
                .isInstanceOf(XmlVerdict.Parsed.class);
        XmlVerdict verdict = HardenedXml.parse(octets, XmlRules.WIRE.withMaxOctets(octets.length - 1));
        assertThat(((XmlVerdict.Refused) verdict).code()).isEqualTo(FaultCode.XML_LIMIT);
        assertRefused("<a>" + "x".repeat(XmlRules.DEFAULT_MAX_OCTETS) + "</a>", FaultCode.XML_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<!-- --><a/>", "<a><!----></a>", "<a/><!-- -->", "<?x?><a/>", "<a><?x y?></a>", "<a/><?x?>"})
    void parse_whenCommentOrInstruction_wireRefusesAndForeignDrops(String xml) {
        assertRefused(xml, FaultCode.XML_FORBIDDEN_NODE);
        Document document = ((XmlVerdict.Parsed) HardenedXml.parse(octets(xml), XmlRules.FOREIGN)).document();
        assertThat(document.getChildNodes().getLength()).isEqualTo(1);
        assertThat(document.getDocumentElement().getChildNodes().getLength()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "ISO-8859-6", "US-ASCII"})
    void parse_whenEncodingIsNotUtf8_wireRefusesAndForeignReads(String encoding) {
        String text = encoding.equals("ISO-8859-1") || encoding.equals("US-ASCII") ? "abc" : "أبج";
        byte[] octets = ("<?xml version='1.0' encoding='" + encoding + "'?><a>" + text + "</a>")
                .getBytes(Charset.forName(encoding));

        assertThat(refused(octets).code()).isEqualTo(FaultCode.XML_ENCODING);
        XmlVerdict foreign = HardenedXml.parse(octets, XmlRules.FOREIGN);
        assertThat(((XmlVerdict.Parsed) foreign).document().getDocumentElement().getTextContent())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-7", "IBM037", "nothing", "utf8"})
    void parse_whenUtf8PretendsToBeAnother_wireSaysEncoding(String encoding) {
        assertRefused("<?xml version='1.0' encoding='" + encoding + "'?><a/>", FaultCode.XML_ENCODING);
    }

    @Test
    void parse_whenMoreNodesThanAllowed_refuses() {
        parsed("<a b='' c=''>" + "<d/>".repeat(XmlRules.WIRE.maxNodes() - 3) + "</a>");
        assertRefused("<a b='' c=''>" + "<d/>".repeat(XmlRules.WIRE.maxNodes() - 2) + "</a>", FaultCode.XML_LIMIT);
        XmlVerdict foreign =
                HardenedXml.parse(octets("<a>" + "<d/>".repeat(XmlRules.WIRE.maxNodes()) + "</a>"), XmlRules.FOREIGN);
        assertThat(foreign).isInstanceOf(XmlVerdict.Parsed.class);
    }

    @Test
    void parse_whenOneTagIsLongerThanAllowed_refuses() {
        int half = XmlRules.MAX_SILENT_OCTETS / 2;
        parsed("<a b='" + "x".repeat(half) + "'>" + "y".repeat(3 * half) + "<c d='" + "x".repeat(half) + "'/></a>");
        assertRefused("<a b='" + "x".repeat(3 * half) + "'/>", FaultCode.XML_LIMIT);
        assertRefused("<a" + " ".repeat(3 * half) + "/>", FaultCode.XML_LIMIT);
    }

    @Test
    void parse_whenUtf16PretendsToBeUtf8_refuses() {
        byte[] octets = "<?xml version='1.0' encoding='UTF-8'?><a/>".getBytes(StandardCharsets.UTF_16);
        assertThat(refused(octets).code()).isEqualTo(FaultCode.XML_ENCODING);
    }

    @Test
    void parse_whenByteOrderMarkOfUtf8_reads() {
        parsed("\uFEFF<a/>");
    }

    @Test
    void parse_whenCalledByManyThreads_answersEachRightly() {
        assertThat(IntStream.range(0, 4_000).parallel().allMatch(i -> {
                    XmlVerdict verdict =
                            HardenedXml.parse(octets(i % 3 == 0 ? "<a>" + i : "<a>" + i + "</a>"), XmlRules.WIRE);
                    return verdict instanceof XmlVerdict.Parsed parsed
                            ? parsed.document()
                                    .getDocumentElement()
                                    .getTextContent()
                                    .equals("" + i)
                            : i % 3 == 0;
                }))
                .isTrue();
    }

    @Test
    void serialise_whenSubtreeUsesOuterDeclarations_carriesThemAndNoOthers() {
        Document document = parsed("<o:outer xmlns:o='urn:o' xmlns:c='urn:c' xmlns:k='urn:k'>"
                + "<c:in z='1' k:b='2' a='3'><k:deep/><c:empty></c:empty></c:in></o:outer>");
        Element inner = (Element) document.getDocumentElement().getFirstChild();

        assertThat(text(HardenedXml.serialise(inner)))
                .isEqualTo("<c:in xmlns:c=\"urn:c\" xmlns:k=\"urn:k\" a=\"3\" z=\"1\" k:b=\"2\">"
                        + "<k:deep></k:deep><c:empty></c:empty></c:in>");
    }

    @Test
    void serialise_whenDefaultNamespaceEndsBelow_undeclaresIt() {
        String xml = "<a xmlns=\"urn:a\"><b xmlns=\"\"><c xmlns=\"urn:a\"></c></b></a>";
        assertThat(text(HardenedXml.serialise(parsed(xml).getDocumentElement())))
                .isEqualTo(xml);
    }

    @Test
    void serialise_whenPrefixIsBoundAnew_declaresItAnew() {
        String xml = "<p:a xmlns:p=\"urn:1\"><p:b xmlns:p=\"urn:2\"></p:b><p:c></p:c></p:a>";
        assertThat(text(HardenedXml.serialise(parsed(xml).getDocumentElement())))
                .isEqualTo(xml);
    }

    @Test
    void serialise_whenBuiltInMemory_parsesToTheSame() {
        Document document = HardenedXml.newDocument();
        Element root = document.createElementNS("urn:a", "a:root");
        root.setAttributeNS("urn:b", "b:at", "\t\n\r\"'<>&é");
        root.appendChild(document.createElementNS(null, "plain"))
                .appendChild(document.createTextNode("\r\n ]]> <&> \uD83D\uDE00 وصل"));

        Element again = parsed(text(HardenedXml.serialise(root))).getDocumentElement();

        assertThat(again.isEqualNode(withoutDeclarations(again, root))).isTrue();
        assertThat(again.getAttributeNS("urn:b", "at")).isEqualTo("\t\n\r\"'<>&é");
        assertThat(again.getFirstChild().getTextContent()).isEqualTo("\r\n ]]> <&> \uD83D\uDE00 وصل");
        assertThat(again.getFirstChild().getNamespaceURI()).isNull();
    }

    @Test
    void serialise_whenTextCannotBeCarried_refuses() {
        Document document = HardenedXml.newDocument();
        for (String text : List.of("\u0000", "\uD83D", "\uDE00x", "\uFFFE", "\u000B")) {
            Element root = document.createElementNS("urn:a", "root");
            root.appendChild(document.createTextNode(text));
            assertThat(XmlText.isWritable(text)).isFalse();
            assertThatThrownBy(() -> HardenedXml.serialise(root)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void text_whenSpecial_escapesAsCanonicalXml() {
        assertThat(XmlText.text("<&>\"'\t\n\r")).isEqualTo("&lt;&amp;&gt;\"'\t\n&#xD;");
        assertThat(XmlText.attribute("<&>\"'\t\n\r")).isEqualTo("&lt;&amp;>&quot;'&#x9;&#xA;&#xD;");
    }

    @Test
    void streamReader_whenPlain_reads() throws XMLStreamException {
        XMLStreamReader reader = HardenedXml.streamReader(
                octets("<?xml version='1.0'?><a><!-- x --><b>أ&amp;ب</b></a>"), XmlRules.FOREIGN);
        reader.nextTag();
        reader.nextTag();
        assertThat(reader.getElementText()).isEqualTo("أ&ب");
    }

    @Test
    void streamReader_whenRuleIsBroken_throws() {
        int depth = XmlRules.MAX_DEPTH + 1;
        for (String xml : List.of(
                "<a>".repeat(depth) + "</a>".repeat(depth),
                "<a " + attributes(XmlRules.MAX_ATTRIBUTES + 1) + "/>",
                "<a><!-- --></a>",
                "<a><?x?></a>",
                "<a>&nothing;</a>",
                "<?xml version='1.1'?><a/>",
                "<a>" + "x".repeat(XmlRules.MAX_TEXT_CHARACTERS + 1) + "</a>",
                "<?xml version='1.0' encoding='ISO-8859-1'?><a/>")) {
            assertThatThrownBy(() -> drain(HardenedXml.streamReader(octets(xml), XmlRules.WIRE)))
                    .isInstanceOf(XMLStreamException.class);
        }
        assertThatThrownBy(
                        () -> drain(HardenedXml.streamReader(octets("<a>12345</a>"), XmlRules.WIRE.withMaxOctets(11))))
                .isInstanceOf(XMLStreamException.class);
    }

    private static void drain(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.CHARACTERS) {
                assertThat(reader.getText()).doesNotContain("SECRET");
            }
        }
    }

    private static Node withoutDeclarations(Element parsed, Element built) {
        Node copy = parsed.getOwnerDocument().importNode(built, true);
        for (int i = 0; i < parsed.getAttributes().getLength(); i++) {
            Node attribute = parsed.getAttributes().item(i);
            if (attribute.getNodeName().startsWith("xmlns")) {
                ((Element) copy)
                        .setAttributeNS(attribute.getNamespaceURI(), attribute.getNodeName(), attribute.getNodeValue());
            }
        }
        return copy;
    }

    private static String attributes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a" + i + "='" + i + "'").collect(Collectors.joining(" "));
    }

    private static Document parsed(String xml) {
        XmlVerdict verdict = HardenedXml.parse(octets(xml), XmlRules.WIRE);
        assertThat(verdict).isInstanceOf(XmlVerdict.Parsed.class);
        return ((XmlVerdict.Parsed) verdict).document();
    }

    private static XmlVerdict.Refused refused(byte[] octets) {
        XmlVerdict verdict = HardenedXml.parse(octets, XmlRules.WIRE);
        assertThat(verdict).isInstanceOf(XmlVerdict.Refused.class);
        return (XmlVerdict.Refused) verdict;
    }

    private static void assertRefused(String xml, FaultCode code) {
        assertThat(refused(octets(xml)).code()).isEqualTo(code);
    }

    private static byte[] octets(String xml) {
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
