package org.wasl.node.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.verify.ContainerCheck;
import org.wasl.security.certificate.RecordedRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;
import org.wasl.security.registry.Registry;

/** Verifies the signature of every container in a log, save those that were logged because they were refused. */
final class SignatureCheck implements ContainerCheck {

    private final AsicContainerVerifier verifier;
    private final Registry registry;
    private long verified;
    private long refusals;

    SignatureCheck(OfflineTrust trust) {
        this.verifier = trust.verifier();
        this.registry = trust.registry();
    }

    /** How many containers are genuine. */
    long verified() {
        return verified;
    }

    /** How many were logged as refused, and may be anything. */
    long refusals() {
        return refusals;
    }

    @Override
    public Optional<String> refuse(long index, Leaf leaf, byte[] container) {
        return refuse(index, leaf, container, List.of());
    }

    /** By the evidence of its time where there is some; what this node signed itself, by the lists at hand. */
    @Override
    public Optional<String> refuse(long index, Leaf leaf, byte[] container, List<RevocationEvidence> evidence) {
        if (Direction.REFUSED.name().equals(leaf.direction())) {
            refusals++;
            return Optional.empty();
        }
        Instant then = Instant.ofEpochMilli(leaf.atMillis());
        ContainerVerdict verdict = evidence.isEmpty()
                ? verifier.verify(container, registry, then)
                : verifier.verify(container, registry, then, new RecordedRevocation(evidence));
        if (verdict instanceof ContainerVerdict.Refused refused) {
            return Optional.of(
                    refused.fault().code().wireCode() + ": " + refused.fault().detail());
        }
        Header header = ((ContainerVerdict.Genuine) verdict).container().header();
        if (!tells(leaf, header)) {
            return Optional.of("the leaf says something else than the container's signed header");
        }
        verified++;
        return Optional.empty();
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
