package org.wasl.connectors.xml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.XdmNode;

/**
 * Writes JSON as the XML of XPath's {@code json-to-xml}, so that stylesheets match it by templates. Read by a bounded
 * parser first: a hostile answer must not reach a recursive one.
 */
public final class JsonWriter {

    /** The namespace of XPath's own representation of JSON. */
    public static final String NAMESPACE = "http://www.w3.org/2005/xpath-functions";

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_CHARACTERS = 100;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_CHARACTERS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonWriter() {}

    /** The whole text as one document. */
    public static XdmNode document(Processor processor, String json) throws UnreadableException {
        DocumentWriter writer = new DocumentWriter(processor, NAMESPACE);
        write(json, writer);
        return writer.finish();
    }

    /** Writes the JSON text at the writer's place; the writer must be of {@link #NAMESPACE}. */
    static void write(String json, DocumentWriter writer) throws UnreadableException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new UnreadableException("there is no JSON, only nothing");
            }
            value(parser, writer, Map.of());
            if (parser.nextToken() != null) {
                throw new UnreadableException("something follows the JSON value");
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            // Jackson's message would quote the text: only the place is told.
            throw new UnreadableException("it is not JSON"
                    + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory could not be read", e);
        }
    }

    private static void value(JsonParser parser, DocumentWriter writer, Map<String, String> key)
            throws IOException, UnreadableException {
        JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT -> {
                writer.start("map", key);
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    value(parser, writer, Map.of("key", name));
                }
                writer.end("map");
            }
            case START_ARRAY -> {
                writer.start("array", key);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser, writer, Map.of());
                }
                writer.end("array");
            }
            case VALUE_NULL -> writer.start("null", key).end("null");
            case VALUE_TRUE, VALUE_FALSE -> text(parser, writer, "boolean", key);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> text(parser, writer, "number", key);
            default -> text(parser, writer, "string", key);
        }
    }

    private static void text(JsonParser parser, DocumentWriter writer, String element, Map<String, String> key)
            throws IOException, UnreadableException {
        writer.start(element, key)
                .text(key.getOrDefault("key", element), parser.getText())
                .end(element);
    }
}
