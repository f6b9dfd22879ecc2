package org.wasl.schemas.xml;

/**
 * One schema document to compile.
 *
 * @param namespace its target namespace
 * @param prefix the prefix that people know it by
 * @param fileName its name, for messages
 * @param octets the document; shared, never written to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GrammarSource(String namespace, String prefix, String fileName, byte[] octets) {}
