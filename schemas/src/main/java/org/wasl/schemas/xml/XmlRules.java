package org.wasl.schemas.xml;

/**
 * What a document may be, beyond the bounds that always hold: see the constants. DOCTYPE, XInclude, XML 1.1 and anything
 * that would have to be fetched are always refused.
 *
 * @param maxOctets the most octets a document may have
 * @param plainOnly whether comments and processing instructions are refused; otherwise they are dropped
 * @param utf8Only whether any encoding but UTF-8 is refused
 */
public record XmlRules(int maxOctets, boolean plainOnly, boolean utf8Only) {

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

    /** What crosses the bus and gets signed: UTF-8, neither comments nor processing instructions, at most 10 MiB. */
    public static final XmlRules WIRE = new XmlRules(DEFAULT_MAX_OCTETS, true, true);

    /** What a foreign system answers: any encoding XML knows; comments and instructions are dropped; at most 10 MiB. */
    public static final XmlRules FOREIGN = new XmlRules(DEFAULT_MAX_OCTETS, false, false);

    public XmlRules {
        if (maxOctets < 1) {
            throw new IllegalArgumentException("a document's bound must be at least one octet");
        }
    }

    /** The same rules with another bound on size. */
    public XmlRules withMaxOctets(int octets) {
        return new XmlRules(octets, plainOnly, utf8Only);
    }
}
