package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/** Documents for tests: right at the beginning, noise behind. */
final class DocumentOctets {

    private DocumentOctets() {}

    static byte[] pdf(int length) {
        return beginning("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), length);
    }

    static byte[] beginning(byte[] head, int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        System.arraycopy(head, 0, octets, 0, Math.min(head.length, length));
        return octets;
    }

    static String hex(byte[] octets) {
        return HexFormat.of().formatHex(sha256(octets));
    }

    /** As RFC 9530 writes it. */
    static String digestHeader(byte[] octets) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(octets)) + ":";
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The result is this document; it is closed. */
    static void assertDocument(ConnectorResult result, String mediaType, byte[] octets) throws IOException {
        assertThat(result).isInstanceOf(ConnectorResult.Document.class);
        ConnectorResult.Document document = (ConnectorResult.Document) result;
        assertThat(document.mediaType()).isEqualTo(mediaType);
        try (ConnectorResult.DocumentSource source = document.source();
                InputStream in = source.open()) {
            assertThat(in.readAllBytes()).isEqualTo(octets);
        }
    }
}
