package org.wasl.security.container;

import java.nio.charset.StandardCharsets;

/** {@code META-INF/manifest.xml}: there is one right text for each payload media type, so reading it is comparing it. */
final class ManifestXml {

    private ManifestXml() {}

    static byte[] write(String payloadName, String payloadMediaType) {
        String text = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\""
                + " manifest:version=\"1.2\">"
                + entry("/", EntryNames.CONTAINER_MEDIA_TYPE)
                + entry(EntryNames.HEADER, EntryNames.XML_MEDIA_TYPE)
                + entry(payloadName, payloadMediaType)
                + "</manifest:manifest>";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String entry(String path, String mediaType) {
        return "<manifest:file-entry manifest:full-path=\"" + path + "\" manifest:media-type=\"" + mediaType
                + "\"></manifest:file-entry>";
    }
}
