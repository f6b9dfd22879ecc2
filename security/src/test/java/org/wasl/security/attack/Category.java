package org.wasl.security.attack;

/** What an attack tries to make use of. */
enum Category {
    WRAPPING("Signature wrapping: XSW1–8 in header, payload, signatures and Object; sibling and nested signatures"),
    REFERENCES("References: empty, fragment, xpointer, schemes, paths, percent-encoding, Manifest"),
    ZIP_ENTRIES("Zip entries: added, doubled, missing, reordered, compressed, oversized"),
    ZIP_NAMES("Zip names: case, Unicode forms, trailing characters, paths, NUL"),
    ZIP_FIELDS("Zip fields: local header against directory, descriptors, zip64, disks, comments, gaps"),
    ENCODING("Encodings: UTF-16, UTF-7, overlong, byte order marks, lying declarations"),
    ENTITIES("Entities: bombs, external and parameter entities, XInclude, schemaLocation"),
    XML_SHAPE("Shape of XML: comments, instructions, CDATA, namespaces, depth, floods"),
    HEADER_RULES("Header: values and relations that the schema alone does not forbid"),
    ALGORITHMS("Algorithms: SHA-1, MD5, HMAC, none, PSS, other canonicalisations and transforms"),
    KEYS("Keys: HMAC with the public key, type mismatch, weak curves and moduli, keys in KeyInfo"),
    VALUES("Values: r and s, DER, lengths, Base64"),
    CERTIFICATES("Certificates: another member's, expired, other use, same key, second one"),
    CONTENT("Content: altered, exchanged with another message's, emptied"),
    PAYLOADS("Payloads that a member signed: what reading them refuses");

    private final String title;

    Category(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
