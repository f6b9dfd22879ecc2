package org.wasl.schemas.xml;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Compiles schema documents with the JDK's own schema factory. */
final class SchemaCompiler {

    /** A scheme that nothing can fetch: even a resolver that failed would lead nowhere. */
    private static final String SCHEME = "wasl-schema";

    private SchemaCompiler() {}

    static Schema compile(Collection<GrammarSource> sources) {
        Map<String, GrammarSource> byNamespace =
                sources.stream().collect(Collectors.toMap(GrammarSource::namespace, Function.identity()));
        DOMImplementationLS inputs = (DOMImplementationLS) dom().getFeature("LS", "3.0");
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, SCHEME);
            // Our own schemas bound lists higher than the JDK allows a stranger's to.
            factory.setProperty("jdk.xml.maxOccurLimit", "0");
            factory.setErrorHandler(new Strict());
            factory.setResourceResolver((type, namespace, publicId, systemId, base) ->
                    input(inputs, namespace == null ? null : byNamespace.get(namespace)));
            return factory.newSchema(new StreamSource(new StringReader(driver(sources)), SCHEME + ":all"));
        } catch (SAXException e) {
            throw new IllegalStateException("the schemas do not compile: " + e.getMessage(), e);
        }
    }

    /** One document that imports all, so that each namespace is read once, whoever imports it again. */
    private static String driver(Collection<GrammarSource> sources) {
        return sources.stream()
                .map(source -> "<xs:import namespace=\"" + XmlText.attribute(source.namespace())
                        + "\" schemaLocation=\"" + XmlText.attribute(source.fileName()) + "\"/>")
                .collect(Collectors.joining(
                        "",
                        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
                                + " targetNamespace=\"urn:wasl:grammar\">",
                        "</xs:schema>"));
    }

    private static LSInput input(DOMImplementationLS inputs, @Nullable GrammarSource source) {
        LSInput input = inputs.createLSInput();
        if (source == null) {
            // An empty document stops the compiler; returning nothing would let it look for itself.
            input.setSystemId(SCHEME + ":unknown");
            input.setByteStream(new ByteArrayInputStream(new byte[0]));
            return input;
        }
        input.setSystemId(SCHEME + ":" + source.fileName());
        input.setByteStream(new ByteArrayInputStream(source.octets()));
        return input;
    }

    private static DOMImplementation dom() {
        return HardenedXml.newDocument().getImplementation();
    }

    /** A schema with so much as a warning does not go into a catalogue. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
