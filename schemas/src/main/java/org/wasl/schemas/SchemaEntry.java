package org.wasl.schemas;

import java.util.Set;

/**
 * One schema document of the catalogue.
 *
 * @param namespace its target namespace, for example {@code urn:wasl:civil:1}
 * @param name its name, for example {@code civil}
 * @param version its version
 * @param prefix the prefix that its elements are known by in paths and messages
 * @param arabic what it is for, in Arabic
 * @param english what it is for, in English
 * @param imports the namespaces it imports
 * @param octets the document itself; shared, never written to
 */
@SuppressWarnings("ArrayRecordComponent") // a catalogue holds each once; entries are not compared
public record SchemaEntry(
        String namespace,
        String name,
        SchemaVersion version,
        String prefix,
        String arabic,
        String english,
        Set<String> imports,
        byte[] octets) {

    public SchemaEntry {
        imports = Set.copyOf(imports);
    }

    /** The document's file name, for example {@code civil-1.0.xsd}. */
    public String fileName() {
        return name + "-" + version + ".xsd";
    }

    @Override
    public String toString() {
        return fileName();
    }
}
