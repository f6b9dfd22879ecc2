package org.wasl.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_EXPIRED;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_OTHER_MEMBER;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_REVOKED;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_STATUS_UNKNOWN;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_UNKNOWN;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_UNTRUSTED;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_USAGE;

import java.net.URI;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.certificate.RecordedRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.TestKey;
import org.wasl.security.container.TestWorld;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.ShortTermCertificates;

/** Which message certificates are believed that no registry lists. */
class ShortTermCertificateTest {

    private static final URI LIST = URI.create("crl/message-issuer-ca.crl");
    private static final TestWorld MESSAGES = TestWorld.withKeys("EC");

    private final ShortTermWorld world;

    ShortTermCertificateTest() throws Exception {
        world = new ShortTermWorld();
    }

    @Test
    void verify_whenTheMembersKeyIssuedIt_isGenuine() throws Exception {
        assertThat(verdict(world.registry(), world.leaf())).isInstanceOf(ContainerVerdict.Genuine.class);
    }

    @Test
    void verify_whenItMakesOnlyOneOfBothStatements_isGenuine() throws Exception {
        for (String statement :
                List.of(ShortTermCertificates.NO_REVOCATION_AVAILABLE, ShortTermCertificates.VALIDITY_ASSURED)) {
            ShortTermWorld.Leaf leaf = world.leaf();
            leaf.statements.remove(statement);

            assertThat(verdict(world.registry(), leaf)).isInstanceOf(ContainerVerdict.Genuine.class);
        }
    }

    /** What is wrong, the code, and how the certificate becomes so. */
    record Wrong(String what, FaultCode code, BiConsumer<ShortTermWorld, ShortTermWorld.Leaf> made) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Wrong> wrong() {
        return Stream.of(
                new Wrong("issued by another member's key", CERTIFICATE_OTHER_MEMBER, (w, l) -> {
                    l.below(w.cspd.certificate(), w.cspd.key());
                    l.organisation = "JO/GOV/CSPD";
                }),
                new Wrong(
                        "issued by another member's key in the sender's name",
                        CERTIFICATE_OTHER_MEMBER,
                        (w, l) -> l.below(w.cspd.certificate(), w.cspd.key())),
                new Wrong(
                        "in another organisation's name", CERTIFICATE_USAGE, (w, l) -> l.organisation = "JO/GOV/CSPD"),
                new Wrong(
                        "a second longer than allowed",
                        CERTIFICATE_USAGE,
                        (w, l) -> l.to = l.from.plus(ShortTermWorld.ALLOWED).plusSeconds(1)),
                new Wrong("ended", CERTIFICATE_EXPIRED, (w, l) -> {
                    l.from = w.now.minus(Duration.ofHours(3));
                    l.to = w.now.minusSeconds(1);
                }),
                new Wrong("not begun", CERTIFICATE_EXPIRED, (w, l) -> l.from = w.now.plusSeconds(1)),
                new Wrong("an authority's", CERTIFICATE_USAGE, (w, l) -> l.constraints = new BasicConstraints(0)),
                new Wrong("may certify too", CERTIFICATE_USAGE, (w, l) -> l.usage |= KeyUsage.keyCertSign),
                new Wrong("may agree on keys", CERTIFICATE_USAGE, (w, l) -> l.usage = KeyUsage.keyAgreement),
                new Wrong("for clients of TLS", CERTIFICATE_USAGE, (w, l) -> l.purpose = "1.3.6.1.5.5.7.3.2"),
                new Wrong("for anything", CERTIFICATE_USAGE, (w, l) -> l.purpose = "2.5.29.37.0"),
                new Wrong("for nothing named", CERTIFICATE_USAGE, (w, l) -> l.purpose = null),
                new Wrong("purpose not critical", CERTIFICATE_USAGE, (w, l) -> l.purposeCritical = false),
                new Wrong("says nothing of its status", CERTIFICATE_USAGE, (w, l) -> l.statements.clear()),
                new Wrong("names a revocation list", CERTIFICATE_USAGE, (w, l) -> l.listPoint = true),
                new Wrong("unknown critical extension", CERTIFICATE_USAGE, (w, l) -> l.criticalExtra = "1.2.3.4"),
                new Wrong(
                        "of a key without the issuer's identifier",
                        CERTIFICATE_UNKNOWN,
                        (w, l) -> l.keyIdentifier = false),
                new Wrong(
                        "in the issuer's name by another key",
                        CERTIFICATE_UNTRUSTED,
                        (w, l) -> l.issuingKey = w.cspd.key()),
                new Wrong(
                        "in an unknown issuer's name",
                        CERTIFICATE_UNKNOWN,
                        (w, l) -> l.issuerName = new X500Name("O=JO/GOV/PORTAL,CN=somebody")),
                new Wrong("an RSA key", CERTIFICATE_USAGE, (w, l) -> l.pair = key("RSA-3072")),
                new Wrong("a P-384 key", CERTIFICATE_USAGE, (w, l) -> l.pair = key("EC-secp384r1")));
    }

    private static KeyPair key(String type) {
        return org.wasl.security.container.TestAuthority.generate(type);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusal_whenSomethingIsWrong_hasItsCode(Wrong wrong) throws Exception {
        ShortTermWorld.Leaf leaf = world.leaf();
        wrong.made().accept(world, leaf);
        X509Certificate certificate = leaf.certificate();

        assertThat(new CertificatePath(RevocationLists.NONE)
                        .refusal(world.registry(), TestWorld.PORTAL, CertificateUse.MESSAGE, certificate, world.now))
                .get()
                .satisfies(fault -> assertThat(fault.code()).as(fault.detail()).isEqualTo(wrong.code()));
        if (leaf.pair.getPublic().getEncoded().length < 100) {
            assertThat(code(verdict(world.registry(), leaf))).isEqualTo(wrong.code());
        }
    }

    @Test
    void verify_whenTheRegistryGrantsNobodyTheRight_isUnknown() throws Exception {
        RegisteredCertificate plain = new RegisteredCertificate(
                CertificateUse.MESSAGE,
                world.portal.certificate(),
                world.now.minusSeconds(60),
                world.now.plusSeconds(60),
                null);

        assertThat(code(verdict(world.registry(null, List.of(), List.of()), world.leaf())))
                .isEqualTo(CERTIFICATE_UNKNOWN);
        assertThat(code(verdict(world.registry(null, List.of(plain), List.of()), world.leaf())))
                .isEqualTo(CERTIFICATE_UNKNOWN);
        assertThat(code(verdict(
                        world.registry(null, List.of(plain), List.of(world.right(world.cspd.certificate()))),
                        world.leaf())))
                .isEqualTo(CERTIFICATE_UNKNOWN);
    }

    @Test
    void verify_whenALeafIssuedIt_isRefused() throws Exception {
        ShortTermWorld.Leaf above = world.leaf();
        X509Certificate first = above.certificate();
        ShortTermWorld.Leaf below = world.leaf().below(first, above.pair.getPrivate());
        ShortTermWorld.Leaf disguised = world.leaf();
        disguised.issuingKey = above.pair.getPrivate();

        assertThat(code(verdict(world.registry(), below))).isEqualTo(CERTIFICATE_UNKNOWN);
        assertThat(code(verdict(world.registry(), disguised))).isEqualTo(CERTIFICATE_UNTRUSTED);
    }

    @Test
    void verify_whenTheIssuerIsCompromised_isRefusedFromThatInstantOn() throws Exception {
        Registry from = compromised(world.now);
        Registry later = compromised(world.now.plusSeconds(1));

        assertThat(code(verdict(from, world.leaf()))).isEqualTo(CERTIFICATE_REVOKED);
        assertThat(verdict(later, world.leaf())).isInstanceOf(ContainerVerdict.Genuine.class);
    }

    private Registry compromised(Instant from) {
        return world.registry(
                null, List.of(world.right(world.portal.certificate(), ShortTermWorld.ALLOWED, from)), List.of());
    }

    @Test
    void verify_whenTheIssuersTimeInTheRegistryIsUp_isRefused() throws Exception {
        RegisteredCertificate ended = new RegisteredCertificate(
                CertificateUse.MESSAGE_ISSUER,
                world.portal.certificate(),
                world.now.minusSeconds(600),
                world.now,
                null,
                ShortTermWorld.ALLOWED);

        assertThat(code(verdict(world.registry(null, List.of(ended), List.of()), world.leaf())))
                .isEqualTo(CERTIFICATE_EXPIRED);
    }

    @Test
    void verify_whenTheIssuerIsRevoked_isRefusedFromThenAndGenuineBefore() throws Exception {
        Registry registry = world.registry(LIST, List.of(world.right(world.portal.certificate())), List.of());
        X509CRL list = world.list(world.portal.certificate());
        ShortTermWorld.Leaf leaf = world.leaf();
        X509Certificate certificate = leaf.certificate();
        CertificatePath path = new CertificatePath(() -> List.of(list));

        assertThat(path.refusal(registry, TestWorld.PORTAL, CertificateUse.MESSAGE, certificate, world.now))
                .get()
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(CERTIFICATE_REVOKED));
        assertThat(path.refusal(
                        registry, TestWorld.PORTAL, CertificateUse.MESSAGE, certificate, world.now.minusSeconds(1)))
                .isEmpty();
    }

    @Test
    void verify_whenNothingIsKnownOfTheIssuersStatus_isStatusUnknown() throws Exception {
        Registry registry = world.registry(LIST, List.of(world.right(world.portal.certificate())), List.of());

        assertThat(code(verdict(registry, world.leaf()))).isEqualTo(CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void verify_yearsLater_goesByTheEvidenceOfTheIssuer() throws Exception {
        Registry registry = world.registry(LIST, List.of(world.right(world.portal.certificate())), List.of());
        X509CRL list = world.list();
        Container container = signed(world.leaf());
        AsicContainerVerifier then =
                new AsicContainerVerifier(TestWorld.SCHEMAS, new CertificatePath(() -> List.of(list)));
        ContainerVerdict verdict = then.verify(container.octets(), registry, world.now);
        assertThat(verdict).isInstanceOf(ContainerVerdict.Genuine.class);
        List<RevocationEvidence> evidence = ((ContainerVerdict.Genuine) verdict).evidence();
        assertThat(evidence).hasSize(1);

        AsicContainerVerifier later = TestWorld.verifier();
        assertThat(later.verify(container.octets(), registry, world.now, new RecordedRevocation(evidence)))
                .isInstanceOf(ContainerVerdict.Genuine.class);
        assertThat(code(later.verify(container.octets(), registry, world.now, new RecordedRevocation(List.of()))))
                .isEqualTo(CERTIFICATE_STATUS_UNKNOWN);
    }

    @Test
    void refusal_whenTheIssuersCertificateIsAnOrdinaryOne_isUsage() throws Exception {
        KeyPair pair = key("EC");
        X509Certificate ordinary = world.authority.issue(new CertificateOrder(
                CertificateProfile.MESSAGE,
                "JO/GOV/PORTAL",
                "messages",
                pair.getPublic(),
                List.of(),
                Duration.ofDays(30)));
        ShortTermWorld.Leaf leaf = world.leaf().below(ordinary, pair.getPrivate());

        // An authority that registers it for issuing has made a mistake; its registry would not load.
        Registry registry = world.registry(null, List.of(world.right(ordinary)), List.of());
        assertThat(new CertificatePath(RevocationLists.NONE)
                        .refusal(registry, TestWorld.PORTAL, CertificateUse.MESSAGE, leaf.certificate(), world.now))
                .get()
                // Its certificate has no key identifier of its own that the leaf could name.
                .satisfies(fault -> assertThat(fault.code()).isIn(CERTIFICATE_USAGE, CERTIFICATE_UNKNOWN));
    }

    private static Container signed(ShortTermWorld.Leaf leaf) throws Exception {
        TestKey key = new TestKey(TestWorld.PORTAL, leaf.certificate(), leaf.pair, SignatureMethod.ECDSA_P256_SHA256);
        return new AsicContainerSigner()
                .sign(MESSAGES.header(MessageKind.REQUEST, "application/xml"), TestWorld.utf8("<x>وصل</x>"), key);
    }

    private ContainerVerdict verdict(Registry registry, ShortTermWorld.Leaf leaf) throws Exception {
        return TestWorld.verifier().verify(signed(leaf).octets(), registry, world.now);
    }

    private static FaultCode code(ContainerVerdict verdict) {
        assertThat(verdict).isInstanceOf(ContainerVerdict.Refused.class);
        return ((ContainerVerdict.Refused) verdict).fault().code();
    }
}
