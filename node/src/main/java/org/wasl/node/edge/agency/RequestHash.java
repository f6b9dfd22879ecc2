package org.wasl.node.edge.agency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.wasl.security.container.Container;

/**
 * X-Road's request hash, {@code base64(SHA-512(SHA-512(headers) + SHA-512(body)))}, over the signed request: its header
 * octets and its payload octets. Whoever holds the request's container can recompute it.
 */
final class RequestHash {

    private RequestHash() {}

    static String of(Container request) {
        MessageDigest sha512 = sha512();
        byte[] headers = sha512().digest(request.headerOctets());
        byte[] body = sha512().digest(request.payload());
        sha512.update(headers);
        return Base64.getEncoder().encodeToString(sha512.digest(body));
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-512", impossible);
        }
    }
}
