package org.wasl.security.container;

import java.util.UUID;

/**
 * Binds a reply or fault to its request; a reply is matched by these signed fields alone.
 *
 * @param messageId the request's message id
 * @param headerDigest SHA-256 of the request's {@code header.xml}, lower-case hexadecimal
 * @param payloadDigest SHA-256 of the request's payload, lower-case hexadecimal
 */
public record InReplyTo(UUID messageId, String headerDigest, String payloadDigest) {}
