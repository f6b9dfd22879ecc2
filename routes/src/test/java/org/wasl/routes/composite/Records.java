package org.wasl.routes.composite;

import java.nio.charset.StandardCharsets;
import net.sf.saxon.s9api.XdmNode;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** Records for tests, from text. */
final class Records {

    private Records() {}

    static SourceRecord of(String xml) {
        byte[] octets = xml.getBytes(StandardCharsets.UTF_8);
        return new SourceRecord(octets, root(xml));
    }

    static XdmNode root(String xml) {
        byte[] octets = xml.getBytes(StandardCharsets.UTF_8);
        if (HardenedXml.parse(octets, XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed) {
            return RecordExpression.root(parsed.document().getDocumentElement());
        }
        throw new AssertionError("not XML: " + xml);
    }
}
