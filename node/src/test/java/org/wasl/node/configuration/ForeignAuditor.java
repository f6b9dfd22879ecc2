package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Checks a published log from its HTTP files alone, by the specifications' words and with none of the program's classes:
 * signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles, RFC 6962.
 */
final class ForeignAuditor {

    private static final int TILE = 256;
    private static final int HASH = 32;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    /** What a checkpoint says, and who vouches for it. */
    record Seen(String origin, long size, byte[] root, List<String> cosigners) {}

    /** @param base the log's URL prefix, without a slash at the end */
    ForeignAuditor(String base) {
        this.base = base;
    }

    HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /**
     * Fetches the checkpoint and verifies its signatures.
     *
     * @param log the log's key
     * @param witnesses keys by name
     */
    Seen checkpoint(PublicKey log, Map<String, PublicKey> witnesses) throws Exception {
        HttpResponse<byte[]> response = get("/checkpoint");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .isEqualToIgnoringCase("text/plain;charset=utf-8");
        String note = new String(response.body(), StandardCharsets.UTF_8);
        int blank = note.lastIndexOf("\n\n");
        String text = note.substring(0, blank + 1);
        String[] lines = text.split("\n");
        boolean signed = false;
        List<String> cosigners = new ArrayList<>();
        for (String line : note.substring(blank + 2).split("\n")) {
            String[] parts = line.split(" ");
            assertThat(parts[0]).isEqualTo("\u2014");
            byte[] octets = Base64.getDecoder().decode(parts[2]);
            PublicKey witness = witnesses.get(parts[1]);
            if (parts[1].equals(lines[0]) && id(parts[1], 1, log).equals(ByteBuffer.wrap(octets, 0, 4))) {
                signed = verifies(log, text, Arrays.copyOfRange(octets, 4, 68));
            } else if (witness != null && id(parts[1], 4, witness).equals(ByteBuffer.wrap(octets, 0, 4))) {
                long time = ByteBuffer.wrap(octets).getLong(4);
                String message = "cosignature/v1\ntime " + time + "\n" + text;
                assertThat(verifies(witness, message, Arrays.copyOfRange(octets, 12, 76)))
                        .isTrue();
                cosigners.add(parts[1]);
            }
        }
        assertThat(signed).as("signed by the log").isTrue();
        return new Seen(lines[0], Long.parseLong(lines[1]), Base64.getDecoder().decode(lines[2]), cosigners);
    }

    private static ByteBuffer id(String name, int type, PublicKey key) throws GeneralSecurityException {
        ByteArrayOutputStream hashed = new ByteArrayOutputStream();
        hashed.writeBytes((name + "\n").getBytes(StandardCharsets.UTF_8));
        hashed.write(type);
        byte[] encoded = key.getEncoded();
        hashed.writeBytes(Arrays.copyOfRange(encoded, encoded.length - HASH, encoded.length));
        return ByteBuffer.wrap(sha256(hashed.toByteArray()), 0, 4);
    }

    private static boolean verifies(PublicKey key, String message, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(message.getBytes(StandardCharsets.UTF_8));
        return verifier.verify(signature);
    }

    /** All leaves' hashes of a tree of this size, from the tiles of level 0. */
    List<byte[]> leafHashes(long size) throws Exception {
        List<byte[]> hashes = new ArrayList<>();
        for (long tile = 0; tile * TILE < size; tile++) {
            long width = Math.min(TILE, size - tile * TILE);
            byte[] octets = fetch("/tile/0/" + path(tile), width);
            assertThat(octets.length).isGreaterThanOrEqualTo((int) width * HASH);
            for (int i = 0; i < width; i++) {
                hashes.add(Arrays.copyOfRange(octets, i * HASH, (i + 1) * HASH));
            }
        }
        return hashes;
    }

    /** The partial tile; or, when it has gone since, the full one. */
    private byte[] fetch(String tile, long width) throws Exception {
        HttpResponse<byte[]> response = get(width == TILE ? tile : tile + ".p/" + width);
        if (response.statusCode() == 404) {
            response = get(tile);
        }
        assertThat(response.statusCode()).as(tile).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        return response.body();
    }

    private static String path(long index) {
        String path = "%03d".formatted(index % 1000);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path = "x%03d/".formatted(rest % 1000) + path;
        }
        return path;
    }

    /** MTH of RFC 6962, section 2.1. */
    static byte[] root(List<byte[]> leaves) throws GeneralSecurityException {
        if (leaves.isEmpty()) {
            return sha256(new byte[0]);
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return sha256(
                concat(new byte[] {1}, root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size()))));
    }

    /** The hash of a leaf's octets. */
    static byte[] leafHash(byte[] octets) throws GeneralSecurityException {
        return sha256(concat(new byte[] {0}, octets));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] sha256(byte[] octets) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(octets);
    }
}
