package org.wasl.schemas.xml;

/**
 * One place where a document leaves its schema.
 *
 * @param path the element or attribute, for example {@code /traffic:fines/traffic:fine[2]/traffic:amount/@currency};
 *     prefixes are the schemas' names, whatever the document's own are; a position stands from the second on
 * @param rule the rule's stable name, see {@link SchemaRule}
 * @param message one sentence in English; names what is expected, never the value that was found
 * @param line the line, from 1; -1 when unknown
 * @param column the column, from 1; -1 when unknown
 */
public record Violation(String path, String rule, String message, int line, int column) {

    @Override
    public String toString() {
        return path + ": " + rule + ": " + message + (line > 0 ? " (line " + line + ", column " + column + ")" : "");
    }
}
