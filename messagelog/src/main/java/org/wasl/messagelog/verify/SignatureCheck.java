package org.wasl.messagelog.verify;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.certificate.RecordedRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.DocumentVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.ShortTermCertificates;

/**
 * Verifies the signature of every container in a log, save those that were logged because they were refused. Safe for
 * many threads.
 */
public final class SignatureCheck implements ContainerCheck {

    private static final int REMEMBERED = 64;

    private final AsicContainerVerifier verifier;
    private final DocumentVerifier documents;
    private final Registry registry;

    /** Many messages name the same evidence: what it says is worked out once. */
    private final Map<List<String>, RecordedRevocation> recorded = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, RecordedRevocation> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param verifier opens and verifies containers, by the revocation lists at hand where no evidence was recorded
     * @param registry the only source of trust
     */
    public SignatureCheck(AsicContainerVerifier verifier, Registry registry) {
        this.verifier = verifier;
        this.documents = new DocumentVerifier(verifier);
        this.registry = registry;
    }

    /** By the evidence of its time where there is some; what this node signed itself, by the lists at hand. */
    @Override
    public ContainerFinding examine(long index, Leaf leaf, byte[] container, List<RevocationEvidence> evidence) {
        Optional<ContainerFinding> other = noMessage(leaf);
        if (other.isPresent()) {
            return other.get();
        }
        Instant then = Instant.ofEpochMilli(leaf.atMillis());
        return finding(
                leaf,
                evidence.isEmpty()
                        ? verifier.verify(container, registry, then)
                        : verifier.verify(container, registry, then, recorded(evidence)));
    }

    @Override
    public ContainerFinding examine(long index, Leaf leaf, ContainerContent whole, List<RevocationEvidence> evidence)
            throws IOException {
        Optional<ContainerFinding> other = noMessage(leaf);
        if (other.isPresent()) {
            return other.get();
        }
        Instant then = Instant.ofEpochMilli(leaf.atMillis());
        return finding(
                leaf,
                evidence.isEmpty()
                        ? documents.verify(whole, registry, then)
                        : documents.verify(whole, registry, then, recorded(evidence)));
    }

    private static Optional<ContainerFinding> noMessage(Leaf leaf) {
        if (Direction.REFUSED.name().equals(leaf.direction())) {
            return Optional.of(new ContainerFinding.Refusal());
        }
        // What the node did itself is a document of its own, and no container.
        return Direction.RECORDED.name().equals(leaf.direction())
                ? Optional.of(ContainerFinding.UNEXAMINED)
                : Optional.empty();
    }

    private ContainerFinding finding(Leaf leaf, ContainerVerdict verdict) {
        if (verdict instanceof ContainerVerdict.Refused refused) {
            FaultCode code = refused.fault().code();
            return new ContainerFinding.Bad(
                    kind(code), code.wireCode() + ": " + refused.fault().detail());
        }
        ContainerVerdict.Genuine genuine = (ContainerVerdict.Genuine) verdict;
        Header header = genuine.container().header();
        if (!tells(leaf, header)) {
            return new ContainerFinding.Bad(
                    DamageKind.UNTRUE_LEAF, "the leaf says something else than the container's signed header");
        }
        return new ContainerFinding.Genuine(compromisedFrom(genuine, header));
    }

    private RecordedRevocation recorded(List<RevocationEvidence> evidence) {
        List<String> names = evidence.stream().map(RevocationEvidence::digest).toList();
        synchronized (recorded) {
            return recorded.computeIfAbsent(names, unknown -> new RecordedRevocation(evidence));
        }
    }

    private static DamageKind kind(FaultCode code) {
        return code.wireCode().startsWith("wasl.certificate.") ? DamageKind.CERTIFICATE : DamageKind.SIGNATURE;
    }

    private @Nullable Instant compromisedFrom(ContainerVerdict.Genuine genuine, Header header) {
        return registry.certificate(header.sender().member(), CertificateUse.MESSAGE, genuine.certificate())
                // A short-term certificate is worth what its issuer's is.
                .or(() -> ShortTermCertificates.issuer(registry, genuine.certificate())
                        .map(ShortTermCertificates.Issuer::certificate))
                .map(RegisteredCertificate::compromisedFrom)
                .orElse(null);
    }

    private static boolean tells(Leaf leaf, Header header) {
        return header.messageId().toString().equals(leaf.messageId())
                && header.kind().name().equals(leaf.kind())
                && header.sender().toString().equals(leaf.sender())
                && header.consumer().toString().equals(leaf.consumer())
                && header.provider().toString().equals(leaf.provider())
                && header.service().toString().equals(leaf.service());
    }
}
