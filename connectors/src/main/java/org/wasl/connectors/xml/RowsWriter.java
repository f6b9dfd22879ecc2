package org.wasl.connectors.xml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.XdmNode;

/**
 * Writes rows of a table or a file as XML: {@code <answer><rows name="…"><row><COLUMN>…</COLUMN></row></rows></answer>}.
 * A value that is null has no element.
 */
public final class RowsWriter {

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,126}");

    private final DocumentWriter writer;
    private final long maxCharacters;
    private long characters;

    /**
     * Begins an answer.
     *
     * @param about attributes of the answer as a whole
     * @param maxCharacters the most characters that all values together may have
     */
    public RowsWriter(Processor processor, Map<String, String> about, long maxCharacters) throws UnreadableException {
        this.writer = new DocumentWriter(processor, "");
        this.maxCharacters = maxCharacters;
        writer.start("answer", new LinkedHashMap<>(about));
    }

    public void startRows(String name) throws UnreadableException {
        writer.start("rows", Map.of("name", name));
    }

    public void endRows() {
        writer.end("rows");
    }

    public void startRow() throws UnreadableException {
        writer.start("row");
    }

    public void endRow() {
        writer.end("row");
    }

    /** One value; false when the answer has grown beyond its bound. */
    public boolean value(String column, String text) throws UnreadableException {
        characters += text.length();
        if (characters > maxCharacters) {
            return false;
        }
        if (!COLUMN.matcher(column).matches()) {
            throw new UnreadableException("a column's name is not plain: it must be letters, digits, '_', '-' or '.'");
        }
        writer.element(column, text);
        return true;
    }

    /** One value that is JSON text; false when the answer has grown beyond its bound. */
    public boolean json(String column, String text) throws UnreadableException {
        characters += text.length();
        if (characters > maxCharacters) {
            return false;
        }
        writer.start(column);
        JsonWriter.write(text, writer.in(JsonWriter.NAMESPACE));
        writer.end(column);
        return true;
    }

    public XdmNode finish() {
        return writer.end("answer").finish();
    }
}
