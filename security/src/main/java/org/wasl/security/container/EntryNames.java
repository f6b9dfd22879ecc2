package org.wasl.security.container;

import java.util.List;

/** The entries of a container, in their order, and the media types that decide the payload's name. */
final class EntryNames {

    static final String MIMETYPE = "mimetype";
    static final String MANIFEST = "META-INF/manifest.xml";
    static final String HEADER = "header.xml";
    static final String PAYLOAD_XML = "payload.xml";
    static final String PAYLOAD_BIN = "payload.bin";
    static final String SIGNATURES = "META-INF/signatures.xml";

    static final String CONTAINER_MEDIA_TYPE = "application/vnd.etsi.asic-e+zip";
    static final String XML_MEDIA_TYPE = "application/xml";
    static final String ENCRYPTED_MEDIA_TYPE = "application/xenc+xml";

    private EntryNames() {}

    static String payloadFor(String mediaType) {
        return mediaType.equals(XML_MEDIA_TYPE) || mediaType.equals(ENCRYPTED_MEDIA_TYPE) ? PAYLOAD_XML : PAYLOAD_BIN;
    }

    static List<String> inOrder(String payloadName) {
        return List.of(MIMETYPE, MANIFEST, HEADER, payloadName, SIGNATURES);
    }
}
