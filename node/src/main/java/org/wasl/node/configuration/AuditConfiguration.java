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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.store.LogStore;
import org.wasl.node.audit.EvidenceExport;
import org.wasl.node.audit.StoredRegistries;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.edge.audit.ArchivedVersions;
import org.wasl.node.edge.audit.AuditController;
import org.wasl.node.edge.audit.AuditExportsController;
import org.wasl.node.edge.audit.AuditSettings;
import org.wasl.node.edge.audit.AuditTrail;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.edge.audit.BreakGlass;
import org.wasl.node.edge.audit.Embargoes;
import org.wasl.node.edge.audit.HistoryReader;
import org.wasl.node.edge.audit.Names;
import org.wasl.node.edge.audit.PageCursors;
import org.wasl.node.edge.audit.PurposeLabels;
import org.wasl.node.edge.audit.RegistryVersions;
import org.wasl.node.edge.usage.AuditQuestionsController;
import org.wasl.node.edge.usage.Questions;
import org.wasl.node.edge.usage.QuestionsController;
import org.wasl.node.edge.usage.ToldUses;
import org.wasl.node.edge.usage.UsageController;
import org.wasl.node.edge.usage.UsageNodes;
import org.wasl.node.edge.usage.UsageSettings;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerVerifier;
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
        try {
            X509Certificate authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(files.authorityCertificate())));
            return new EvidenceExport(schemas, path, StoredRegistries.open(files, authority, schemas), authority);
        } catch (CertificateException e) {
            throw new IOException("the pinned certificate of the registry's authority cannot be read", e);
        }
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
