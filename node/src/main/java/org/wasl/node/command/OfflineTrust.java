package org.wasl.node.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.RevocationFiles;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistrySignature;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/**
 * What a data directory's registry lets one trust, checked as a node checks it, without a node and without writing.
 *
 * @param registry the published registry, signed by the pinned authority
 * @param verifier verifies containers with the revocation lists that came with it
 */
record OfflineTrust(Registry registry, AsicContainerVerifier verifier) {

    /** The trust of this directory; empty, and said why, when there is none. */
    static Optional<OfflineTrust> of(DataDirectory directory, Console console) {
        if (!directory.initialised()) {
            console.note("error.no-registry", directory.root());
            return Optional.empty();
        }
        TrustFiles files = new TrustFiles(directory.root());
        SchemaCatalogue schemas = SchemaCatalogue.load();
        try {
            X509Certificate authority = certificate(files);
            SignedRegistry signed = SignedRegistry.read(files.registry());
            RegistryReading reading = new RegistryXml(schemas).read(signed.octets());
            if (reading instanceof RegistryReading.Refused refused) {
                return refused(console, refused.fault());
            }
            Registry registry = ((RegistryReading.Readable) reading).registry();
            // As of its issue: evidence outlives the authority's certificate.
            Optional<Fault> refusal =
                    RegistrySignature.refusal(signed.octets(), signed.signature(), authority, registry.issued());
            if (refusal.isPresent()) {
                return refused(console, refusal.get());
            }
            RevocationFiles lists = new RevocationFiles(files.registry().resolve(RegistrySource.REVOCATION_LISTS));
            lists.reload();
            return Optional.of(
                    new OfflineTrust(registry, new AsicContainerVerifier(schemas, new CertificatePath(lists))));
        } catch (IOException | CertificateException unreadable) {
            console.note("error.file", files.registry(), Failures.reason(unreadable));
            return Optional.empty();
        }
    }

    /** A verifier that can open containers, but trusts nobody. */
    static AsicContainerVerifier opener() {
        return new AsicContainerVerifier(SchemaCatalogue.load(), new CertificatePath(RevocationLists.NONE));
    }

    private static X509Certificate certificate(TrustFiles files) throws IOException, CertificateException {
        byte[] pem = Files.readAllBytes(files.authorityCertificate());
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    private static Optional<OfflineTrust> refused(Console console, Fault fault) {
        console.note("error.registry", fault.code().wireCode(), fault.detail());
        return Optional.empty();
    }
}
