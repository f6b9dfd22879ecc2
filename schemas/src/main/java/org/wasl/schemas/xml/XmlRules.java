package org.wasl.schemas.xml;

/**
 * What a document may be, beyond the bounds that always hold: see the constants. DOCTYPE, XInclude, XML 1.1 and anything
 * that would have to be fetched are always refused.
 *
 * @param maxOctets the most octets a document may have
 * @param maxNodes the most elements, attributes and namespace declarations it may have, all together: small elements
 *     cost a hundred times their octets once they are read
 * @param plainOnly whether comments and processing instructions are refused; otherwise they are dropped
 * @param utf8Only whether any encoding but UTF-8 is refused
 */
public record XmlRules(int maxOctets, int maxNodes, boolean plainOnly, boolean utf8Only) {

    /** How deep elements may nest. */
    public static final int MAX_DEPTH = 64;

    /** How many attributes, namespace declarations included, an element may have. */
    public static final int MAX_ATTRIBUTES = 64;

    /** The longest element or attribute name, in characters. */
    public static final int MAX_NAME_CHARACTERS = 256;

    /** The longest run of text between two tags, and the longest attribute value, in characters. */
    public static final int MAX_TEXT_CHARACTERS = 4 * 1024 * 1024;

    /** The usual bound on a document: 10 MiB. */
    public static final int DEFAULT_MAX_OCTETS = 10 * 1024 * 1024;

    private static final int FOREIGN_MAX_NODES = 1_000_000;

    /** How many runs of text there may be for each node allowed: every character reference begins one. */
    static final int MAX_RUNS_PER_NODE = 4;

    /** How many octets may come before the parser tells of something: the longest tag, all attributes included. */
    static final int MAX_SILENT_OCTETS = 1024 * 1024;

    /**
     * What crosses the bus and gets signed: UTF-8, neither comments nor processing instructions, at most 10 MiB and 20,000
     * nodes.
     */
    public static final XmlRules WIRE = new XmlRules(DEFAULT_MAX_OCTETS, 20_000, true, true);

    /** What a foreign system answers: any encoding XML knows; comments and instructions are dropped; at most 10 MiB. */
    public static final XmlRules FOREIGN = new XmlRules(DEFAULT_MAX_OCTETS, FOREIGN_MAX_NODES, false, false);

    public XmlRules {
        if (maxOctets < 1 || maxNodes < 1) {
            throw new IllegalArgumentException("a document's bounds must be positive");
        }
    }

    /** Rules for a document of this program's own, which may have as many nodes as a foreign one. */
    public XmlRules(int maxOctets, boolean plainOnly, boolean utf8Only) {
        this(maxOctets, FOREIGN_MAX_NODES, plainOnly, utf8Only);
    }

    /** The same rules with another bound on size. */
    public XmlRules withMaxOctets(int octets) {
        return new XmlRules(octets, maxNodes, plainOnly, utf8Only);
    }

    /** The same rules with another bound on elements and attributes. */
    public XmlRules withMaxNodes(int nodes) {
        return new XmlRules(maxOctets, nodes, plainOnly, utf8Only);
    }
}
