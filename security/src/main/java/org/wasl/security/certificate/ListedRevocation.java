package org.wasl.security.certificate;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists only. */
record ListedRevocation(RevocationLists lists) implements RevocationSource {

    @Override
    public Optional<OcspAnswer> ask(
            X509Certificate certificate, X509Certificate issuer, @Nullable URI responder, Instant at) {
        return Optional.empty();
    }
}
