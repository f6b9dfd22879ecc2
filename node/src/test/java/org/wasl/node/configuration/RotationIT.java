package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12File;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistrySignature;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/**
 * The drill of renewing certificates: while agencies ask without a pause, two members' message keys and one's TLS
 * certificate are renewed with overlap, as an operator would. Not one request may be refused.
 */
class RotationIT {

    private static final MemberId COURT = MemberId.parse("JO/GOV/MOJ");
    private static final MemberId REGISTER = MemberId.parse("JO/GOV/CSPD");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CALLERS = 3;
    private static final int BETWEEN = 30;

    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private volatile HttpClient client = HttpClient.newHttpClient();

    @Test
    void answers_whileKeysAreRenewedWithOverlap_areNeverRefused(@TempDir Path root) throws Exception {
        DataDirectory directory = new DataDirectory(root);
        directory.create();
        Files.writeString(
                root.resolve("wasl.yaml"),
                "wasl:\n  samples:\n    families: 60\n  trust:\n    registry-interval: 200ms\n"
                        + "  keys:\n    interval: 200ms\n    settling: 1s\n"
                        + "  revocation:\n    statement-ceiling: 2s\n");
        TrustFiles files = new TrustFiles(directory.root());
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (NodeProcess node = NodeProcess.start(RunningNode.settings(directory))) {
            client = client(files, clientKey(files));
            URI question = URI.create(node.state().agencyUrl()
                    + "/r1/JO/GOV/CSPD/registry/person-record/v1?nationalNumber="
                    + Personas.CLEAN.nationalNumber());
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> ask(question));
            }
            awaitAnswers();

            // First the new certificates are made and registered beside the old ones ...
            KeyEntry court = renewed(files, COURT);
            KeyEntry register = renewed(files, REGISTER);
            KeyEntry tls = issued(files, "tls-ca", CertificateProfile.TLS_CLIENT, COURT);
            publish(files, node, List.of(), List.of(court, register), List.of(tls));
            // ... then they are used ...
            MemberKeys keys = node.part(MemberKeys.class);
            await().atMost(PATIENCE).until(() -> signs(keys, COURT, court) && signs(keys, REGISTER, register));
            client = client(files, tls);
            awaitAnswers();
            // ... and only when nobody uses them any more, the old ones end.
            publish(files, node, List.of(court, register, tls), List.of(), List.of());
            awaitAnswers();

            going.set(false);
            assertThat(refused).isEmpty();
        } finally {
            going.set(false);
            callers.shutdownNow();
        }
    }

    private void ask(URI question) {
        while (going.get()) {
            try {
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(question)
                                .timeout(PATIENCE)
                                .headers(
                                        "X-Road-Client", "JO/GOV/MOJ/case-system",
                                        "X-Road-Id", UUID.randomUUID().toString(),
                                        "X-Road-UserId", "judge-1",
                                        "X-Road-Issue", "case-1",
                                        "Wasl-Purpose", "COURT_CASE",
                                        "Wasl-Legal-Basis", "JO-LAW-9-2001")
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                if (response.statusCode() == 200) {
                    answered.incrementAndGet();
                } else {
                    refused.add(response.statusCode() + " " + response.body());
                }
            } catch (java.io.IOException e) {
                refused.add(e.toString());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void awaitAnswers() {
        long from = answered.get();
        await().atMost(PATIENCE).until(() -> answered.get() >= from + BETWEEN || !refused.isEmpty());
    }

    private static boolean signs(MemberKeys keys, MemberId member, KeyEntry key) {
        return keys.messageKey(member).orElseThrow().certificate().equals(key.certificate());
    }

    private static KeyEntry renewed(TrustFiles files, MemberId member) throws Exception {
        KeyEntry key = issued(files, "message-ca", CertificateProfile.MESSAGE, member);
        Path file = files.keys().resolve(member.member()).resolve("message-next.p12");
        Pkcs12File.writeKey(file, "wasl", key, files.secrets().read(Pkcs12MemberKeys.secretName(member)));
        return key;
    }

    private static KeyEntry issued(TrustFiles files, String authority, CertificateProfile profile, MemberId member)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = new Pki(files, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC())
                .issue(
                        authority,
                        new CertificateOrder(
                                profile,
                                member.toString(),
                                member.member() + " renewed",
                                pair.getPublic(),
                                List.of(),
                                Duration.ofDays(365)));
        return new KeyEntry(pair.getPrivate(), List.of(certificate));
    }

    private static KeyEntry clientKey(TrustFiles files) throws Exception {
        return Pkcs12File.readKey(
                files.client(COURT).resolve("client.p12"), files.secrets().read("client-" + COURT.dotted()));
    }

    /** Publishes the registry with these certificates added, and those of the same holders and uses ended. */
    private static void publish(
            TrustFiles files, NodeProcess node, List<KeyEntry> successors, List<KeyEntry> messages, List<KeyEntry> tls)
            throws Exception {
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        Registry old = ((RegistryReading.Readable)
                        xml.read(SignedRegistry.read(files.registry()).octets()))
                .registry();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Member> members = new ArrayList<>();
        for (Member member : old.members()) {
            List<RegisteredCertificate> certificates = new ArrayList<>();
            for (RegisteredCertificate entry : member.certificates()) {
                certificates.add(ends(member, entry, successors) ? until(entry, now) : entry);
            }
            messages.forEach(key -> add(certificates, member, CertificateUse.MESSAGE, key, now));
            tls.forEach(key -> add(certificates, member, CertificateUse.TLS, key, now));
            members.add(new Member(
                    member.id(), member.name(), member.nodes(), certificates, member.noteKeys(), member.subsystems()));
        }
        Registry next = new Registry(
                old.instance(),
                old.version() + 1,
                now,
                old.expires(),
                old.grace(),
                old.trusted(),
                old.evidence().orElse(null),
                members,
                old.agreements());
        KeyEntry signer = Pkcs12File.readKey(
                files.authority().resolve("registry-authority.p12"),
                files.secrets().read("authority-registry-authority"));
        byte[] octets = RegistryXml.write(next);
        new SignedRegistry(octets, RegistrySignature.sign(octets, signer.key(), signer.certificate()))
                .write(files.registry());
        await().atMost(PATIENCE)
                .until(() -> node.part(RegistryFiles.class).get().version() == next.version());
    }

    private static boolean ends(Member member, RegisteredCertificate entry, List<KeyEntry> successors) {
        boolean isSuccessor =
                successors.stream().anyMatch(key -> key.certificate().equals(entry.certificate()));
        boolean hasSuccessor = member.certificates().stream()
                .anyMatch(other -> other.use() == entry.use()
                        && successors.stream().anyMatch(key -> key.certificate().equals(other.certificate())));
        return hasSuccessor && !isSuccessor;
    }

    private static RegisteredCertificate until(RegisteredCertificate entry, Instant end) {
        return new RegisteredCertificate(
                entry.use(), entry.certificate(), entry.validFrom(), end, entry.compromisedFrom());
    }

    private static void add(
            List<RegisteredCertificate> certificates, Member member, CertificateUse use, KeyEntry key, Instant now) {
        String organisation = "O=" + member.id();
        if (key.certificate().getSubjectX500Principal().getName().contains(organisation)) {
            certificates.add(new RegisteredCertificate(
                    use, key.certificate(), now, key.certificate().getNotAfter().toInstant(), null));
        }
    }

    private static HttpClient client(TrustFiles files, KeyEntry key) throws Exception {
        char[] none = new char[0];
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("client", key.key(), none, new Certificate[] {key.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, none);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(
                Files.newInputStream(files.trusted()),
                files.secrets().read(TrustFiles.TRUSTED_SECRET).toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }
}
