package org.wasl.node.edge.audit;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogRow;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.certificate.RecordedRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.timestamp.TimeStampVerifier;

/** Judges each message of a request anew, by the registry and the evidence of then. */
public final class HistoryReader {

    private final AuditedLog log;
    private final AsicContainerVerifier verifier;
    private final RegistryVersions versions;
    private final Names names;
    private final TimeStampVerifier stamps;
    private final CurrentRegistry current;
    private final RequestOutcomes outcomes;

    /**
     * @param current says whom to trust for time-stamps, which outlive the registry of then
     */
    public HistoryReader(
            AuditedLog log,
            AsicContainerVerifier verifier,
            RegistryVersions versions,
            Names names,
            TimeStampVerifier stamps,
            CurrentRegistry current) {
        this.log = log;
        this.verifier = verifier;
        this.versions = versions;
        this.names = names;
        this.stamps = stamps;
        this.current = current;
        this.outcomes = new RequestOutcomes(log);
    }

    HistoryView view(String correlationId, RequestHistory history) {
        CoverageReader coverage = new CoverageReader(log, stamps, current.get());
        List<HistoryView.Event> events = history.leaves().stream()
                .flatMap(leaf -> log.row(leaf.index()).stream().map(row -> event(leaf, row, coverage)))
                .toList();
        return new HistoryView(correlationId, history.complete(), events);
    }

    private HistoryView.Event event(FoundLeaf leaf, LogRow row, CoverageReader coverage) {
        return new HistoryView.Event(
                LeafView.of(leaf, outcomes.of(row.leaf()), names),
                container(row),
                agreements(row.leaf()),
                coverage.of(row));
    }

    private HistoryView.ContainerView container(LogRow row) {
        Payload payload = row.payload();
        if (payload == null) {
            return HistoryView.ContainerView.of(row.erased() ? "ERASED" : "MISSING");
        }
        if (payload.container().length == 0
                || Direction.RECORDED.name().equals(row.leaf().direction())) {
            return HistoryView.ContainerView.of("NONE");
        }
        byte[] commitment = row.leaf().commitment();
        if (commitment == null || !MessageDigest.isEqual(commitment, payload.commitment())) {
            return notGenuine("The container is not the one to which the leaf commits.", null, null);
        }
        HistoryView.ContainerView last = notGenuine("No version of the registry is at hand.", null, null);
        for (Registry registry : versions.inForce(at(row))) {
            last = judged(row, payload.container(), registry);
            if ("GENUINE".equals(last.verdict())) {
                return last;
            }
        }
        return last;
    }

    private HistoryView.ContainerView judged(LogRow row, byte[] container, Registry registry) {
        List<RevocationEvidence> evidence = row.leaf().evidenceDigests().stream()
                .flatMap(digest -> log.evidence(digest).stream())
                .toList();
        ContainerVerdict verdict = evidence.isEmpty()
                ? verifier.verify(container, registry, at(row))
                : verifier.verify(container, registry, at(row), new RecordedRevocation(evidence));
        if (verdict instanceof ContainerVerdict.Refused refused) {
            return notGenuine(
                    refused.fault().detail(),
                    LeafView.fault(refused.fault().code().wireCode()),
                    null);
        }
        ContainerVerdict.Genuine genuine = (ContainerVerdict.Genuine) verdict;
        Header header = genuine.container().header();
        boolean told = Direction.REFUSED.name().equals(row.leaf().direction()) || tells(row.leaf(), header);
        if (!told) {
            return notGenuine("The leaf says something else than the signed header.", null, header);
        }
        return new HistoryView.ContainerView(
                "GENUINE", null, null, header.sender().member().toString(), digest(genuine));
    }

    private static HistoryView.ContainerView notGenuine(
            String reason, LeafView.@Nullable Named fault, @Nullable Header header) {
        String signer = header == null ? null : header.sender().member().toString();
        return new HistoryView.ContainerView("NOT_GENUINE", reason, fault, signer, null);
    }

    private static boolean tells(Leaf leaf, Header header) {
        return header.messageId().toString().equals(leaf.messageId())
                && header.kind().name().equals(leaf.kind())
                && header.sender().toString().equals(leaf.sender())
                && header.consumer().toString().equals(leaf.consumer())
                && header.provider().toString().equals(leaf.provider())
                && header.service().toString().equals(leaf.service())
                && header.purpose().equals(leaf.purpose())
                && header.correlationId().equals(leaf.correlationId());
    }

    private static String digest(ContainerVerdict.Genuine genuine) {
        try {
            byte[] der = genuine.certificate().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate that was read can be written", impossible);
        }
    }

    private List<HistoryView.AgreementView> agreements(Leaf leaf) {
        if (leaf.consumer() == null || leaf.service() == null || leaf.purpose() == null) {
            return List.of();
        }
        SubsystemId consumer = SubsystemId.parse(leaf.consumer());
        ServiceId service = ServiceId.parse(leaf.service());
        Instant then = Instant.ofEpochMilli(leaf.atMillis());
        return versions.inForce(then).stream()
                .flatMap(registry -> Embargoes.fitting(registry, consumer, service, leaf.purpose(), then)
                        .map(agreement -> new HistoryView.AgreementView(agreement.id(), registry.version())))
                .toList();
    }

    private static Instant at(LogRow row) {
        return Instant.ofEpochMilli(row.leaf().atMillis());
    }
}
