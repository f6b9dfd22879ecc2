package org.wasl.security.registry;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;

/** Brings signed registries to a node, when it would take them; asks exactly what the node will ask. */
public final class RegistryPublication {

    private final RegistrySource node;
    private final X509Certificate authority;
    private final RegistryXml xml;

    /**
     * @param node where the node's registry is, and what it accepted
     * @param authority the certificate that the node has pinned
     * @param xml reads registries
     */
    public RegistryPublication(RegistrySource node, X509Certificate authority, RegistryXml xml) {
        this.node = node;
        this.authority = authority;
        this.xml = xml;
    }

    /**
     * Why the node would refuse this registry now; empty when it would take it, or has taken it.
     *
     * @throws IOException when what the node accepted cannot be read
     */
    public Optional<Fault> refusal(SignedRegistry signed, Instant now) throws IOException {
        AcceptedVersion accepted = AcceptedVersion.read(node.accepted());
        return Candidate.check(signed, new Candidate.Judge(authority, xml), now, accepted)
                .refusalToTake(accepted, now);
    }

    /**
     * Publishes the registry if the node would take it.
     *
     * @return why it was not published; empty when it was
     * @throws IOException when it cannot be written
     */
    public Optional<Fault> publish(SignedRegistry signed, Instant now) throws IOException {
        Optional<Fault> refusal = refusal(signed, now);
        if (refusal.isEmpty()) {
            signed.write(node.published());
        }
        return refusal;
    }

    /**
     * The highest version that the node ever accepted; 0 when it accepted none.
     *
     * @throws IOException when it cannot be read
     */
    public long acceptedVersion() throws IOException {
        return AcceptedVersion.read(node.accepted()).version();
    }
}
