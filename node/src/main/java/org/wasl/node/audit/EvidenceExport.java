package org.wasl.node.audit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.registry.CertificatePath;

/**
 * Makes the bundle of one request: a zip of the containers as they stand in the log, proofs, certificates, status, registry
 * and statement, with the commands by which anybody verifies it. Safe for many threads.
 */
public final class EvidenceExport {

    private final EvidenceReader reader;
    private final X509Certificate authority;

    /**
     * @param schemas the shared schemas
     * @param path decides on certificates of whose status nothing was recorded, by what is at hand now
     * @param registries the registry in its versions
     * @param authority the pinned certificate of the registry's authority
     */
    public EvidenceExport(
            SchemaCatalogue schemas, CertificatePath path, RegistryVersions registries, X509Certificate authority) {
        this.reader = new EvidenceReader(schemas, path, registries);
        this.authority = authority;
    }

    /**
     * A bundle.
     *
     * @param zip the file's octets
     * @param statement the statement in it, for people, as PDF
     * @param leaves how many leaves it proves
     * @param checks what each check found
     */
    @SuppressWarnings("ArrayRecordComponent") // handed out, never compared
    public record Bundle(byte[] zip, byte[] statement, int leaves, List<Check> checks) {

        public Bundle {
            checks = List.copyOf(checks);
        }
    }

    /**
     * The bundle of this request; the id may be its own, its answer's or its tracking number.
     *
     * @return empty when the log has nothing of it
     * @throws LogStoreException when the log cannot be read, or leaves are missing in it
     * @throws IOException when the bundle would be too large
     */
    public Optional<Bundle> export(LogSource log, UUID requestId) throws LogStoreException, IOException {
        Optional<Evidence> evidence = reader.read(log, requestId);
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        try {
            BundleFiles files = new BundleWriter(evidence.get(), authority).write();
            return Optional.of(new Bundle(
                    files.octets(),
                    files.file(BundleWriter.STATEMENT).orElseThrow(),
                    evidence.get().messages().size(),
                    new EvidenceChecks(evidence.get()).all()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the bundle's certificates cannot be written", e);
        }
    }

    EvidenceReader reader() {
        return reader;
    }
}
