package org.wasl.schemas.xml;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.w3c.dom.DOMImplementation;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** Makes the JDK's own parser, whatever else is on the class path, with everything switched off that XML does not need. */
final class ParserFactory {

    private ParserFactory() {}

    static XMLReader reader() {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setValidating(false);
            factory.setXIncludeAware(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            // No DOCTYPE means no entities, no external subset and no attribute defaults: the rest is a second wall.
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            SAXParser parser = factory.newSAXParser();
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            // The scanner must stop by itself: our own count only sees an element once all its attributes are read.
            parser.setProperty("jdk.xml.maxElementDepth", Integer.toString(XmlRules.MAX_DEPTH));
            parser.setProperty("jdk.xml.elementAttributeLimit", Integer.toString(XmlRules.MAX_ATTRIBUTES));
            parser.setProperty("jdk.xml.maxXMLNameLimit", Integer.toString(XmlRules.MAX_NAME_CHARACTERS));
            parser.setProperty("jdk.xml.entityExpansionLimit", "1");
            return parser.getXMLReader();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("the JDK's XML parser cannot be hardened", e);
        }
    }

    static DOMImplementation dom() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().getDOMImplementation();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has no DOM", e);
        }
    }
}
