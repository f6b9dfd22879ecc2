package org.wasl.node.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.wasl.node.audit.StoredRegistries;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.RevocationFiles;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.RegistryRefusedException;
import org.wasl.security.registry.RegistrySource;

/**
 * What a data directory has for judging evidence, without a node and without writing.
 *
 * @param schemas the shared schemas
 * @param path decides on certificates by the revocation lists that came with the registry
 * @param registries the registry's versions
 * @param authority the pinned certificate of the registry's authority
 */
record OfflineEvidence(
        SchemaCatalogue schemas, CertificatePath path, StoredRegistries registries, X509Certificate authority) {

    /** What this directory has; empty, and said why, when it is of no use. */
    static Optional<OfflineEvidence> of(DataDirectory directory, Console console) {
        TrustFiles files = new TrustFiles(directory.root());
        SchemaCatalogue schemas = SchemaCatalogue.load();
        try {
            X509Certificate authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(files.authorityCertificate())));
            RevocationFiles lists = new RevocationFiles(files.registry().resolve(RegistrySource.REVOCATION_LISTS));
            lists.reload();
            return Optional.of(new OfflineEvidence(
                    schemas, new CertificatePath(lists), StoredRegistries.open(files, authority, schemas), authority));
        } catch (RegistryRefusedException refused) {
            console.note(
                    "error.registry",
                    refused.fault().code().wireCode(),
                    refused.fault().detail());
            return Optional.empty();
        } catch (IOException | CertificateException unreadable) {
            console.note("error.file", files.registry(), Failures.reason(unreadable));
            return Optional.empty();
        }
    }
}
