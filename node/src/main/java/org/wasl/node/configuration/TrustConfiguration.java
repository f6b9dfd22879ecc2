package org.wasl.node.configuration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.wasl.messagelog.site.Site;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.pack.InvalidPackException;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.DemoServices;
import org.wasl.security.authority.StatusServer;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.keys.KeyTerms;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.ShortTermMemberKeys;
import org.wasl.security.keys.ShortTermTerms;
import org.wasl.security.keys.StoredMemberKeys;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.IdentityIssuer;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryXml;

/** Schemas, registry, keys, certificates and agreements. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PacksProperties.class, SamplesProperties.class})
@Import(StatusConfiguration.class)
class TrustConfiguration {

    private static final int MAX_DRAFT_BYTES = RegistryXml.MAX_OCTETS;

    @Bean
    TrustFiles trustFiles(DataDirectory directory) {
        return new TrustFiles(directory.root());
    }

    @Bean
    Packs packs(PacksProperties properties, SamplesProperties samples) throws IOException, InvalidPackException {
        Packs shipped = samples.enabled() ? Packs.shipped() : Packs.none();
        return properties.directory() == null ? shipped : shipped.and(Packs.of(properties.directory()));
    }

    @Bean
    SchemaCatalogue schemaCatalogue(Packs packs) throws InvalidPackException {
        SchemaCatalogue schemas = SchemaCatalogue.load(packs);
        // Compiled at start: the first citizen of the day shall not wait for it.
        schemas.compileAll();
        return schemas;
    }

    @Bean
    RegistryXml registryXml(SchemaCatalogue schemas) {
        return new RegistryXml(schemas);
    }

    /** Closed by the keys that are used from it. */
    @Bean(destroyMethod = "")
    KeyCustody keyCustody(KeyProperties keys, TrustFiles files) throws IOException, GeneralSecurityException {
        return KeyStorage.open(keys, files);
    }

    /** Closed by who witnesses there, or with the node. */
    @Bean
    @ConditionalOnProperty(name = "wasl.trust.demo-authority", matchIfMissing = true)
    WitnessPort witnessPort(TrustFiles files) throws IOException {
        return WitnessPort.hold(files.authority(), 0);
    }

    @Bean
    @ConditionalOnProperty(name = "wasl.trust.demo-authority", matchIfMissing = true)
    AuthorityRenewal demoAuthority(
            DataDirectory directory,
            TrustFiles files,
            RegistryXml xml,
            TrustProperties trust,
            KeyCustody custody,
            ObjectProvider<IdentityIssuer> issuer,
            StatusServer status,
            WitnessPort witnesses,
            Packs packs,
            Clock clock)
            throws IOException, GeneralSecurityException, InvalidPackException {
        List<IdentityIssuer> own = issuer.stream().toList();
        return new AuthorityRenewal(
                new DemoAuthority(
                        files,
                        xml,
                        trust.publication(),
                        new DemoServices(status.address(), witnesses.base()),
                        custody,
                        clock),
                draft(directory, xml, own, packs),
                drafted -> DraftedIssuers.added(drafted, xml, own),
                trust.registryInterval());
    }

    /** The operator's draft, which begins as the samples' one: whoever edits it has another registry at once. */
    private static Path draft(DataDirectory directory, RegistryXml xml, List<IdentityIssuer> own, Packs packs)
            throws IOException, InvalidPackException {
        Path file = directory.authority().resolve("draft.xml");
        if (!Files.isRegularFile(file)) {
            AtomicFile.directory(directory.authority(), Readers.EVERYBODY);
            AtomicFile.write(file, DemoRegistry.draft(), Readers.EVERYBODY);
        }
        byte[] draft = AtomicFile.read(file, MAX_DRAFT_BYTES);
        PackedDraft packed = new PackedDraft(directory.authority());
        byte[] complete = DraftedIssuers.added(packed.with(draft, packs), xml, own);
        if (!Arrays.equals(complete, draft)) {
            AtomicFile.write(file, complete, Readers.EVERYBODY);
        }
        packed.note(packs);
        return file;
    }

    @Bean
    RegistryAnnouncements registryAnnouncements(MeterRegistry meters) {
        return new RegistryAnnouncements(meters);
    }

    /** Shown as {@code registry}: Boot leaves out the end of the name. */
    @Bean
    RegistryHealth registryHealthIndicator(RegistryFiles registry, Clock clock) {
        return new RegistryHealth(registry, clock);
    }

    /** The version in force, and how long it may still be relied on. */
    @Bean
    MeterBinder registryMeters(RegistryFiles registry, Clock clock) {
        return meters -> {
            Gauge.builder("wasl.registry.version", registry, files -> files.get()
                            .version())
                    .register(meters);
            Gauge.builder("wasl.registry.seconds-left", registry, files -> Duration.between(
                                    clock.instant(), files.get().expires())
                            .toSeconds())
                    .register(meters);
        };
    }

    @Bean
    RegistryFiles registry(
            TrustFiles files,
            RegistryXml xml,
            TrustProperties trust,
            RegistryAnnouncements announcements,
            ObjectProvider<AuthorityRenewal> demoAuthority,
            Clock clock)
            throws IOException, GeneralSecurityException {
        // The demonstration's authority, when there is one, publishes before the node reads.
        demoAuthority.getIfAvailable();
        Path pinned = trust.authority() == null ? files.authorityCertificate() : trust.authority();
        X509Certificate authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pinned)));
        return RegistryFiles.open(files.registrySource(trust.registryInterval()), authority, xml, clock, announcements);
    }

    @Bean
    AsicContainerVerifier containerVerifier(SchemaCatalogue schemas, CertificatePath path) {
        return new AsicContainerVerifier(schemas, path);
    }

    @Bean
    ContainerSigner containerSigner() {
        return new AsicContainerSigner();
    }

    @Bean
    PayloadSealer payloadSealer(CertificatePath path) {
        return new PayloadSealer(path);
    }

    @Bean
    PayloadOpener payloadOpener(MemberKeys keys) {
        return new PayloadOpener(keys);
    }

    /** The keys of those members that the registry says this node speaks for. */
    @Bean
    StoredMemberKeys memberKeys(
            RegistryFiles registry,
            NodeProperties node,
            KeyProperties properties,
            KeyCustody custody,
            TlsMaterial tls,
            Clock clock)
            throws IOException, GeneralSecurityException {
        Set<MemberId> members = registry.get().members().stream()
                .filter(member -> member.nodes().contains(node.id()))
                .map(Member::id)
                .collect(Collectors.toUnmodifiableSet());
        KeyTerms terms = new KeyTerms(
                properties.nonExtractable(), List.of(tls.claim()), properties.interval(), properties.settling());
        return StoredMemberKeys.open(custody, members, registry, terms, clock);
    }

    /** What signs now: those same keys, or short-term ones that they issue certificates for. */
    @Bean
    @Primary
    ShortTermMemberKeys signingKeys(
            StoredMemberKeys stored, RegistryFiles registry, KeyProperties properties, Clock clock) {
        KeyProperties.ShortTerm shortTerm = properties.shortTerm();
        Set<MemberId> members =
                shortTerm.members().stream().map(MemberId::parse).collect(Collectors.toUnmodifiableSet());
        return ShortTermMemberKeys.open(
                stored, registry, new ShortTermTerms(members, shortTerm.life(), shortTerm.interval()), clock);
    }

    @Bean
    ShortTermHealth shortTermKeysHealthIndicator(ShortTermMemberKeys keys) {
        return new ShortTermHealth(keys);
    }

    @Bean
    AccessPolicy accessPolicy(Clock clock, Site site) {
        return new RegistryAccessPolicy(clock, site.quotas());
    }

    @Bean
    TlsMaterial tlsMaterial(TrustFiles files, RegistryFiles registry) throws IOException, GeneralSecurityException {
        // The registry comes first: at a first start it is what makes these files.
        String password = files.secrets().read(TrustFiles.SERVER_SECRET);
        KeyStore server = store(files.server(), password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int index = 0;
        for (var anchor : registry.get().anchors()) {
            if (anchor.use() == org.wasl.security.registry.CertificateUse.TLS) {
                trusted.setCertificateEntry("authority-" + index++, anchor.certificate());
            }
        }
        return new TlsMaterial(server, password, trusted);
    }

    private static KeyStore store(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }
}
