package org.wasl.node.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.publication.CheckpointPublisher;
import org.wasl.messagelog.publication.TimeStamper;
import org.wasl.messagelog.store.LogStore;
import org.wasl.node.audit.EvidenceExport;
import org.wasl.node.audit.StoredRegistries;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.edge.audit.Anomalies;
import org.wasl.node.edge.audit.AnomaliesController;
import org.wasl.node.edge.audit.AnomalyRules;
import org.wasl.node.edge.audit.ArchivedVersions;
import org.wasl.node.edge.audit.AuditContainersController;
import org.wasl.node.edge.audit.AuditController;
import org.wasl.node.edge.audit.AuditExportsController;
import org.wasl.node.edge.audit.AuditHealthController;
import org.wasl.node.edge.audit.AuditSettings;
import org.wasl.node.edge.audit.AuditTrail;
import org.wasl.node.edge.audit.AuditTrailController;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.BreakGlass;
import org.wasl.node.edge.audit.Embargoes;
import org.wasl.node.edge.audit.FamilyNames;
import org.wasl.node.edge.audit.HistoryReader;
import org.wasl.node.edge.audit.Names;
import org.wasl.node.edge.audit.PageCursors;
import org.wasl.node.edge.audit.PurposeLabels;
import org.wasl.node.edge.audit.RegistryVersions;
import org.wasl.node.edge.audit.SavedSearchesController;
import org.wasl.node.edge.audit.StoredAuditedLog;
import org.wasl.node.edge.usage.AuditQuestionsController;
import org.wasl.node.edge.usage.Questions;
import org.wasl.node.edge.usage.QuestionsController;
import org.wasl.node.edge.usage.ToldUses;
import org.wasl.node.edge.usage.UsageController;
import org.wasl.node.edge.usage.UsageNodes;
import org.wasl.node.edge.usage.UsageSettings;
import org.wasl.node.edge.verification.LookupRate;
import org.wasl.node.edge.verification.PublishedProofs;
import org.wasl.node.edge.verification.VerificationController;
import org.wasl.routes.composite.CompositeServices;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.timestamp.TimeStampVerifier;

/** What auditors search and open, and what people are told of it. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditSettings auditSettings(AuditProperties audit, LogOperator operator) {
        return new AuditSettings(
                operator.member(),
                audit.bodyCode(),
                new Label(audit.bodyArabic(), audit.bodyEnglish()),
                audit.pageMax(),
                audit.scanMax(),
                audit.investigationEmbargo());
    }

    @Bean
    RegistryVersions registryVersions(RegistryFiles registry) {
        return new ArchivedVersions(registry.archive(), registry);
    }

    @Bean
    PurposeLabels purposeLabels(DataDirectory directory, Packs packs) throws IOException {
        return PurposeLabels.read(packs, directory.root().resolve("purposes.properties"));
    }

    @Bean
    Names names(CurrentRegistry registry, PurposeLabels purposes) {
        return new Names(registry, purposes);
    }

    @Bean
    Embargoes embargoes(RegistryVersions versions) {
        return new Embargoes(versions);
    }

    @Bean
    AuditTrail auditTrail(AuditedLog log, AuditSettings settings, Clock clock) {
        return new AuditTrail(log, settings, clock);
    }

    @Bean
    PageCursors pageCursors(DataDirectory directory, Clock clock) throws IOException {
        Path file = directory.secrets().resolve("cursors.key");
        if (!Files.isRegularFile(file)) {
            byte[] key = new byte[PageCursors.KEY_BYTES];
            new SecureRandom().nextBytes(key);
            AtomicFile.directory(directory.secrets(), Readers.OWNER);
            AtomicFile.write(file, key, Readers.OWNER);
        }
        return new PageCursors(Files.readAllBytes(file), clock);
    }

    @Bean
    BreakGlass breakGlass(AuditedLog log, AuditTrail trail, Embargoes embargoes, MeterRegistry meters) {
        return new BreakGlass(log, trail, embargoes, meters);
    }

    @Bean
    HistoryReader historyReader(
            AuditedLog log,
            AsicContainerVerifier verifier,
            RegistryVersions versions,
            Names names,
            CertificatePath path,
            CurrentRegistry registry) {
        return new HistoryReader(log, verifier, versions, names, new TimeStampVerifier(path), registry);
    }

    @Bean
    AuditHealthController auditHealthController(
            AuditedLog log,
            CurrentRegistry registry,
            ObjectProvider<CheckpointPublisher> publisher,
            ObjectProvider<TimeStamper> stamper,
            ObjectProvider<EvidenceGate> gate,
            Clock clock) {
        return new AuditHealthController(
                log,
                registry,
                new AuditHealthController.States(
                        () -> Optional.ofNullable(publisher.getIfAvailable()).map(CheckpointPublisher::state),
                        () -> Optional.ofNullable(stamper.getIfAvailable()).map(TimeStamper::state),
                        () -> gate.getIfAvailable(() -> EvidenceGate.OPEN).closed()),
                clock);
    }

    @Bean
    AuditTrailController auditTrailController(AuditedLog log, Names names) {
        return new AuditTrailController(log, names);
    }

    @Bean
    SavedSearchesController savedSearchesController(AuditedLog log, AuditSettings settings, Clock clock) {
        return new SavedSearchesController(log, settings, clock);
    }

    @Bean
    AuditContainersController auditContainersController(
            MessageLog log, AsicContainerVerifier opener, PayloadOpener payloads, BreakGlass breakGlass) {
        return new AuditContainersController(log, opener, payloads, breakGlass);
    }

    @Bean
    AnomalyRules anomalyRules(AuditProperties audit) {
        return new AnomalyRules(
                audit.timeZone(),
                audit.dayBegins(),
                audit.dayEnds(),
                audit.restDays(),
                audit.volumeMultiple(),
                audit.volumeLeast(),
                audit.familyLeast(),
                audit.anomalyScanMax());
    }

    @Bean
    Anomalies anomalies(
            AuditedLog log,
            AsicContainerVerifier opener,
            Names names,
            AnomalyRules rules,
            CompositeServices composites) {
        return new Anomalies(
                log,
                opener,
                names,
                rules,
                composites.declarations().stream()
                        .map(declaration -> declaration.service().subsystem().toString())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Bean
    FamilyNames familyNames(
            AuditedLog log,
            AsicContainerVerifier opener,
            PayloadOpener payloads,
            BreakGlass breakGlass,
            AnomalyRules rules) {
        return new FamilyNames(log, opener, payloads, breakGlass, rules);
    }

    @Bean
    AnomaliesController anomaliesController(
            Anomalies anomalies, FamilyNames families, AuditTrail trail, BreakGlass breakGlass, Clock clock) {
        return new AnomaliesController(anomalies, families, trail, breakGlass, clock);
    }

    @Bean
    AuditController auditController(
            AuditedLog log,
            AuditTrail trail,
            PageCursors cursors,
            Embargoes embargoes,
            HistoryReader histories,
            Names names,
            AuditSettings settings) {
        return new AuditController(log, trail, cursors, embargoes, histories, names, settings);
    }

    @Bean
    AuditExportsController auditExportsController(
            MessageLog log,
            LogStore store,
            TrustFiles files,
            SchemaCatalogue schemas,
            CertificatePath path,
            BreakGlass breakGlass) {
        return new AuditExportsController(log, store, () -> exporter(files, schemas, path), breakGlass);
    }

    /** Read at each export: the registry of a running node changes. */
    private static EvidenceExport exporter(TrustFiles files, SchemaCatalogue schemas, CertificatePath path)
            throws IOException {
        X509Certificate authority = certificate(files.authorityCertificate());
        return new EvidenceExport(schemas, path, StoredRegistries.open(files, authority, schemas), authority);
    }

    private static X509Certificate certificate(Path pinned) throws IOException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pinned)));
        } catch (CertificateException e) {
            throw new IOException("the pinned certificate of the registry's authority cannot be read", e);
        }
    }

    @Bean
    VerificationController verificationController(
            CompositeServices composites,
            StoredAuditedLog log,
            DataDirectory directory,
            CurrentRegistry registry,
            TrustFiles files,
            TrustProperties trust,
            EdgeProperties edge,
            Clock clock) {
        Path pinned = trust.authority() == null ? files.authorityCertificate() : trust.authority();
        return new VerificationController(
                composites,
                log,
                new PublishedProofs(directory.publicLog()),
                registry,
                () -> certificate(pinned),
                new LookupRate(edge.verificationsPerMinute(), clock));
    }

    @Bean
    UsageNodes usageNodes(UsageProperties usage) {
        return new UsageNodes(usage.nodes(), usage.nodeTimeout(), usage.nodesAtOnce());
    }

    @Bean
    Questions questions(AuditedLog log, AuditSettings settings, Clock clock) {
        return new Questions(log, settings.member(), clock);
    }

    @Bean
    ToldUses toldUses(AuditedLog log, Embargoes embargoes, AuditSettings audits, UsageProperties usage, Clock clock) {
        return new ToldUses(log, embargoes, audits, new UsageSettings(usage.pageMax(), usage.entriesMax()), clock);
    }

    @Bean
    QuestionsController questionsController(Questions questions, ToldUses uses, Names names) {
        return new QuestionsController(questions, uses, names);
    }

    @Bean
    AuditQuestionsController auditQuestionsController(
            Questions questions, AuditedLog log, AuditTrail trail, Names names) {
        return new AuditQuestionsController(questions, log, trail, names);
    }

    @Bean
    UsageController usageController(
            AuditedLog log,
            Embargoes embargoes,
            Names names,
            AuditSettings audits,
            UsageNodes nodes,
            UsageProperties usage,
            Clock clock) {
        return new UsageController(
                log, embargoes, names, audits, nodes, new UsageSettings(usage.pageMax(), usage.entriesMax()), clock);
    }
}
