package org.wasl.node.audit;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.wasl.messagelog.checkpoint.LogProof;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.agreement.AccessTrace;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;
import org.wasl.security.registry.CertificatePath;

/** Gathers and judges the evidence of one request. Safe for many threads. */
final class EvidenceReader {

    private final RegistryVersions registries;
    private final CaseJudge judge;
    private final AgreementQuestion agreements;
    private final StampReader stamps;

    /**
     * @param path decides on certificates whose status nobody recorded, by what is at hand now
     */
    EvidenceReader(SchemaCatalogue schemas, CertificatePath path, RegistryVersions registries) {
        this.registries = registries;
        this.judge = new CaseJudge(new AsicContainerVerifier(schemas, path), registries);
        this.agreements = new AgreementQuestion(schemas);
        this.stamps = new StampReader(path);
    }

    /**
     * The evidence of this request; empty when the log has nothing of it.
     *
     * @throws LogStoreException when the log cannot be read, or leaves are missing
     */
    Optional<Evidence> read(LogSource log, UUID requestId) throws LogStoreException {
        CaseReader reader = new CaseReader(log);
        Optional<LoggedCase> found = reader.find(requestId);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LoggedCase logged = found.get();
        Map<String, RevocationEvidence> status = CaseJudge.evidence(logged, log);
        List<CaseMessage> messages = judge.judge(logged, status);
        NoteKeys keys = new NoteKeys(registries.current().registry());
        Optional<CoveringCheckpoint> checkpoint = CoveringCheckpoint.choose(log, logged.coveringSize(), keys);
        Map<Long, LogProof> proofs = new TreeMap<>();
        boolean rooted = false;
        if (checkpoint.isPresent()) {
            rooted = prove(reader, logged, checkpoint.get(), proofs);
        }
        return Optional.of(new Evidence(
                logged,
                messages,
                status,
                checkpoint,
                proofs,
                rooted,
                checkpoint.flatMap(this::stamp),
                versions(messages),
                decisions(messages)));
    }

    private static boolean prove(
            CaseReader reader, LoggedCase logged, CoveringCheckpoint checkpoint, Map<Long, LogProof> proofs)
            throws LogStoreException {
        List<Long> indices = logged.rows().stream().map(row -> row.index()).toList();
        Map<Long, InclusionProof> inclusion =
                TreeProofs.build(indices, checkpoint.recorded().size(), reader::hashes);
        boolean rooted = true;
        for (var row : logged.rows()) {
            InclusionProof proof = inclusion.get(row.index());
            if (proof == null) {
                throw new LogStoreException("there is no proof of leaf " + row.index());
            }
            LogProof whole = LogProof.of(proof, checkpoint.note());
            rooted &= whole.includes(row.leaf().hash(row.index()));
            proofs.put(row.index(), whole);
        }
        return rooted;
    }

    private Optional<StampReader.Stamp> stamp(CoveringCheckpoint checkpoint) {
        byte[] token = checkpoint.recorded().timeStamp();
        return token == null
                ? Optional.empty()
                : stamps.read(
                        token,
                        checkpoint.note().text().getBytes(StandardCharsets.UTF_8),
                        registries.current().registry());
    }

    private Map<Long, RegistryVersions.Version> versions(List<CaseMessage> messages) {
        Map<Long, RegistryVersions.Version> versions = new HashMap<>();
        RegistryVersions.Version current = registries.current();
        // The keys of log, witnesses and time-stamping authority are taken from the newest one.
        versions.put(current.registry().version(), current);
        for (CaseMessage message : messages) {
            registries
                    .version(message.registryVersion())
                    .ifPresent(version -> versions.put(message.registryVersion(), version));
        }
        return versions;
    }

    private Map<String, AccessTrace> decisions(List<CaseMessage> messages) {
        Map<String, AccessTrace> decisions = new HashMap<>();
        for (CaseMessage message : messages) {
            Container container = message.container();
            if (container == null || container.header().kind() != MessageKind.REQUEST) {
                continue;
            }
            RegistryVersions.Version version =
                    registries.version(message.registryVersion()).orElseGet(registries::current);
            decisions.putIfAbsent(
                    container.header().messageId().toString(),
                    agreements.explain(container, version.registry(), message.at()));
        }
        return decisions;
    }
}
