package org.wasl.security.certificate;

/** What asking for a certificate's status by OCSP came to. */
public sealed interface OcspAnswer {

    /** A responder said something, and it may. */
    record Stated(OcspStatement statement) implements OcspAnswer {}

    /**
     * Nothing that may be relied on was said: the certificate is then refused.
     *
     * @param reason why, for people
     */
    record Unanswered(String reason) implements OcspAnswer {}
}
