package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.certificate.RecordedRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.certificate.RevocationSource;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.ContainerLimits;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.TestKey;
import org.wasl.security.container.TestWorld;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/**
 * What is remembered of short-term certificates changes no answer: questions in any order, to one verifier that remembers,
 * are answered as by one that was made for the question alone and reads everything in full.
 */
class RememberedCertificatesTest {

    private static final TestWorld MESSAGES = TestWorld.withKeys("EC");
    private static final URI LIST = URI.create("crl/message-issuer-ca.crl");
    private static final World WORLD = World.make();

    /** One question; its parts are numbers of what the world has. */
    record Question(int message, int registry, int instant, int source) {}

    /** Everything that an answer depends on, of each kind. */
    record World(
            Map<String, byte[]> messages,
            Map<String, Registry> registries,
            List<Instant> instants,
            Map<String, RevocationSource> sources) {

        static World make() {
            try {
                return new Made(new ShortTermWorld()).world();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        static <T> T at(Map<String, T> all, int place) {
            return new ArrayList<>(all.values()).get(place);
        }
    }

    private static final class Made {

        private final ShortTermWorld world;
        private final Map<String, byte[]> messages = new LinkedHashMap<>();
        private final Map<String, Registry> registries = new LinkedHashMap<>();
        private final Map<String, RevocationSource> sources = new LinkedHashMap<>();

        Made(ShortTermWorld world) {
            this.world = world;
        }

        World world() throws Exception {
            ShortTermWorld.Leaf good = world.leaf();
            X509Certificate first = good.certificate();
            message("good", TestWorld.PORTAL, good, first);
            message("good, in another's name", TestWorld.CSPD, good, first);
            leaf("another good one", leaf -> {});
            leaf("ends soon", leaf -> leaf.to = world.now.plusSeconds(90));
            leaf("begins soon", leaf -> leaf.from = world.now.plusSeconds(90));
            leaf("long ended", leaf -> {
                leaf.from = world.now.minus(Duration.ofHours(9));
                leaf.to = world.now.minus(Duration.ofHours(7));
            });
            leaf("lives two hours", leaf -> leaf.to = leaf.from.plus(Duration.ofHours(2)));
            leaf("lives too long", leaf -> leaf.to = leaf.from.plus(Duration.ofHours(5)));
            leaf("of another organisation", leaf -> leaf.organisation = "JO/GOV/CSPD");
            leaf("forged", leaf -> leaf.issuingKey = world.cspd.key());
            leaf("by nobody", leaf -> leaf.issuerName = new X500Name("O=JO/GOV/PORTAL,CN=somebody"));
            leaf("names no key", leaf -> leaf.keyIdentifier = false);
            leaf("by another member's key", leaf -> leaf.below(world.cspd.certificate(), world.cspd.key()));
            registries(first);
            X509CRL clean = world.list();
            X509CRL revoking = world.list(world.portal.certificate());
            sources.put("nothing at hand", RevocationSource.listed(() -> List.of()));
            sources.put("nothing revoked", RevocationSource.listed(() -> List.of(clean)));
            sources.put("issuer revoked", RevocationSource.listed(() -> List.of(revoking)));
            sources.put(
                    "as recorded",
                    new RecordedRevocation(
                            List.of(RevocationEvidence.of(RevocationEvidence.Kind.CRL, clean.getEncoded()))));
            List<Instant> instants = new ArrayList<>();
            for (int seconds : new int[] {0, 89, 91, -1, -59, -61, 7_300, -8 * 3_600, 40 * 86_400}) {
                instants.add(world.now.plusSeconds(seconds));
            }
            return new World(messages, registries, instants, sources);
        }

        private void registries(X509Certificate leaf) throws Exception {
            RegisteredCertificate portal = world.right(world.portal.certificate());
            RegisteredCertificate cspd = world.right(world.cspd.certificate());
            registry("both may issue", null, List.of(portal), List.of(cspd));
            registry("both may issue, with lists", LIST, List.of(portal), List.of(cspd));
            registry("only the other may", LIST, List.of(), List.of(cspd));
            registry("nobody may", null, List.of(), List.of());
            Duration hour = Duration.ofHours(1);
            registry(
                    "shorter lives", null, List.of(world.right(world.portal.certificate(), hour, null)), List.of(cspd));
            registry(
                    "compromised",
                    null,
                    List.of(world.right(world.portal.certificate(), ShortTermWorld.ALLOWED, world.now.plusSeconds(90))),
                    List.of(cspd));
            registry("issuers changed hands", null, List.of(cspd), List.of(portal));
            registry("the leaf is registered", null, List.of(portal, plain(leaf)), List.of(cspd));
            registry("the leaf is registered for another", null, List.of(portal), List.of(cspd, plain(leaf)));
            registry(
                    "its issuer's entry has ended",
                    null,
                    List.of(new RegisteredCertificate(
                            CertificateUse.MESSAGE_ISSUER,
                            world.portal.certificate(),
                            world.now.minusSeconds(600),
                            world.now.plusSeconds(90),
                            null,
                            ShortTermWorld.ALLOWED)),
                    List.of(cspd));
            ShortTermWorld other = new ShortTermWorld();
            registries.put("another authority", other.registry(LIST, List.of(portal), List.of(cspd)));
            X509Certificate ordinary = world.authority.issue(new CertificateOrder(
                    CertificateProfile.MESSAGE,
                    "JO/GOV/PORTAL",
                    "messages",
                    world.portal.certificate().getPublicKey(),
                    List.of(),
                    Duration.ofDays(30)));
            registry("an ordinary certificate issues", null, List.of(world.right(ordinary)), List.of(cspd));
        }

        private RegisteredCertificate plain(X509Certificate certificate) {
            return new RegisteredCertificate(
                    CertificateUse.MESSAGE, certificate, world.now.minusSeconds(600), world.now.plusSeconds(600), null);
        }

        private void registry(
                String name, @Nullable URI list, List<RegisteredCertificate> portal, List<RegisteredCertificate> cspd) {
            registries.put(name, world.registry(list, portal, cspd));
        }

        private void leaf(String name, Consumer<ShortTermWorld.Leaf> change) throws Exception {
            ShortTermWorld.Leaf leaf = world.leaf();
            change.accept(leaf);
            message(name, TestWorld.PORTAL, leaf, leaf.certificate());
        }

        private void message(String name, MemberId sender, ShortTermWorld.Leaf leaf, X509Certificate certificate) {
            MessageKind kind = sender.equals(TestWorld.PORTAL) ? MessageKind.REQUEST : MessageKind.REPLY;
            Header header = MESSAGES.header(kind, "application/xml");
            TestKey key = new TestKey(sender, certificate, leaf.pair, SignatureMethod.ECDSA_P256_SHA256);
            messages.put(
                    name,
                    new AsicContainerSigner()
                            .sign(header, TestWorld.utf8("<x>وصل</x>"), key)
                            .octets());
        }
    }

    @Provide
    Arbitrary<List<Question>> questions() {
        return Combinators.combine(
                        // Most of what is asked in life is about the same few certificates.
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.integers().between(0, 1)),
                                Tuple.of(
                                        3,
                                        Arbitraries.integers()
                                                .between(0, WORLD.messages().size() - 1))),
                        Arbitraries.integers().between(0, WORLD.registries().size() - 1),
                        Arbitraries.integers().between(0, WORLD.instants().size() - 1),
                        Arbitraries.integers().between(0, WORLD.sources().size()))
                .as(Question::new)
                .list()
                .ofMinSize(30)
                .ofMaxSize(60);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void verify_whenMuchWasAskedBefore_isAnsweredAsIfAskedAlone(@ForAll("questions") List<Question> questions) {
        RevocationSource now = World.at(WORLD.sources(), 1);
        AsicContainerVerifier remembering = verifier(now, AsicContainerVerifier.Way.SHORT);
        // Copies, so that each try begins with nothing.
        List<Registry> registries = WORLD.registries().values().stream()
                .map(RememberedCertificatesTest::copy)
                .toList();
        for (Question question : questions) {
            byte[] message = World.at(WORLD.messages(), question.message());
            Registry registry = registries.get(question.registry());
            Instant at = WORLD.instants().get(question.instant());
            Optional<RevocationSource> source =
                    question.source() == WORLD.sources().size()
                            ? Optional.empty()
                            : Optional.of(World.at(WORLD.sources(), question.source()));

            ContainerVerdict remembered = verdict(remembering, message, registry, at, source);
            ContainerVerdict alone =
                    verdict(verifier(now, AsicContainerVerifier.Way.FULL), message, copy(registry), at, source);

            assertThat(told(remembered)).as(question.toString()).isEqualTo(told(alone));
        }
    }

    private static Registry copy(Registry registry) {
        return registry.between(registry.issued(), registry.expires());
    }

    private static AsicContainerVerifier verifier(RevocationSource source, AsicContainerVerifier.Way way) {
        return new AsicContainerVerifier(
                TestWorld.SCHEMAS, new CertificatePath(source), ContainerLimits.standard(), way);
    }

    private static ContainerVerdict verdict(
            AsicContainerVerifier verifier,
            byte[] message,
            Registry registry,
            Instant at,
            Optional<RevocationSource> source) {
        return source.isPresent()
                ? verifier.verify(message, registry, at, source.get())
                : verifier.verify(message, registry, at);
    }

    private static List<Object> told(ContainerVerdict verdict) {
        if (verdict instanceof ContainerVerdict.Genuine genuine) {
            return List.of(
                    "genuine",
                    genuine.certificate(),
                    genuine.evidence().stream().map(RevocationEvidence::digest).toList());
        }
        Fault fault = ((ContainerVerdict.Refused) verdict).fault();
        // Why a status is unknown the engine says in words of its own, which depend on today's date.
        return fault.code() == FaultCode.CERTIFICATE_STATUS_UNKNOWN
                ? List.of("refused", fault.code(), fault.stage(), fault.leg())
                : List.of("refused", fault);
    }
}
