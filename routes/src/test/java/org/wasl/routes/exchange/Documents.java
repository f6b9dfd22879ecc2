package org.wasl.routes.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.wasl.connectors.ConnectorResult;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.DocumentStream;
import org.wasl.security.container.DocumentVerifier;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.CertificatePath;

/** Documents of any size that are in nobody's memory as a whole. */
final class Documents {

    static final String PDF = "application/pdf";

    private static final DocumentVerifier VERIFIER = new DocumentVerifier(
            new AsicContainerVerifier(SchemaCatalogue.load(), new CertificatePath(RevocationLists.NONE)));

    private Documents() {}

    static Agreement agreement() {
        return TestFederation.agreement(TestFederation.WEB, TestFederation.DEED, List.of("document"));
    }

    static ExchangeRequest request() {
        return request(Duration.ofSeconds(60));
    }

    static ExchangeRequest request(Duration patience) {
        return TestNode.request(UUID.randomUUID(), TestFederation.DEED, TestNode.NUMBER, patience);
    }

    /** A document of so many octets. */
    static ConnectorResult.Document pdf(long length) {
        return new ConnectorResult.Document(PDF, () -> octets(length), Instant.now());
    }

    /** Octets that tell when they are given back. */
    static ConnectorResult.DocumentSource closing(long length, CountDownLatch closed) {
        return new ConnectorResult.DocumentSource() {
            @Override
            public InputStream open() {
                return octets(length);
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
    }

    /** The same agreement, for encrypted payloads only: a registry's rules refuse it for a document. */
    static Agreement confidential(Agreement open) {
        return new Agreement(
                open.id(),
                open.consumer(),
                open.service(),
                open.purposes(),
                open.actors(),
                open.released(),
                open.quota(),
                open.hours(),
                true,
                open.validFrom(),
                open.validTo(),
                open.withdrawn(),
                null);
    }

    static InputStream octets(long length) {
        return new Octets(length);
    }

    /** SHA-256 of all octets. */
    static String digest(InputStream octets) throws IOException {
        try (octets) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[8_192];
            for (int read = octets.read(buffer); read >= 0; read = octets.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** SHA-256 of the document in this reply. */
    static String digestOf(Container reply) {
        try (DocumentStream document = VERIFIER.document(reply.whole())) {
            return digest(document.octets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Octets that do not repeat soon, computed as they are read. */
    private static final class Octets extends InputStream {

        private final long length;
        private long at;

        Octets(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            if (at >= length) {
                return -1;
            }
            long mixed = at * 0x9E3779B97F4A7C15L;
            at++;
            return (int) (mixed >>> 40) & 0xff;
        }
    }
}
