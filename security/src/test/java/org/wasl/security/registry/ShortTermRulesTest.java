package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.TestAuthority;
import org.wasl.security.container.TestWorld;
import org.wasl.security.keys.ShortTermWorld;

/** A registry that would let somebody issue message certificates by a key that may do more than that does not load. */
class ShortTermRulesTest {

    private static final String MORE = "may not issue end-entity certificates for documents, or may do more than that";
    private static final String LOOSE = "is not confined to its member by a critical name constraint";
    private static final String NO_LIFE = "says not for how long between 5 minutes and 24 hours";

    private final ShortTermWorld world;

    ShortTermRulesTest() throws Exception {
        world = new ShortTermWorld();
    }

    /** What an issuing certificate says; as it must be, until told otherwise. */
    private static final class Issuing {
        BasicConstraints constraints = new BasicConstraints(0);
        int usage = KeyUsage.keyCertSign;
        List<String> purposes = List.of(ShortTermCertificates.DOCUMENT_SIGNING);

        @Nullable
        String confinedTo = TestWorld.PORTAL.toString();

        boolean confinedToTwo;
        boolean critical = true;
    }

    private record Wrong(String what, Consumer<Issuing> made, String problem) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Wrong> wrong() {
        return Stream.of(
                new Wrong("no authority", i -> i.constraints = new BasicConstraints(false), MORE),
                new Wrong("authorities below it", i -> i.constraints = new BasicConstraints(1), MORE),
                new Wrong("any depth below it", i -> i.constraints = new BasicConstraints(true), MORE),
                new Wrong("signs messages too", i -> i.usage |= KeyUsage.digitalSignature, MORE),
                new Wrong("signs lists too", i -> i.usage |= KeyUsage.cRLSign, MORE),
                new Wrong("issues nothing", i -> i.usage = KeyUsage.digitalSignature, MORE),
                new Wrong("for every purpose", i -> i.purposes = List.of(), MORE),
                new Wrong("for anything", i -> i.purposes = List.of("2.5.29.37.0"), MORE),
                new Wrong(
                        "for clients of TLS too",
                        i -> i.purposes = List.of(ShortTermCertificates.DOCUMENT_SIGNING, "1.3.6.1.5.5.7.3.2"),
                        MORE),
                new Wrong("confined to nobody", i -> i.confinedTo = null, LOOSE),
                new Wrong("confined to another", i -> i.confinedTo = TestWorld.CSPD.toString(), LOOSE),
                new Wrong("confined to two", i -> i.confinedToTwo = true, LOOSE),
                new Wrong("confined by the way", i -> i.critical = false, LOOSE));
    }

    @Test
    void problems_whenItIsAsItMustBe_areNone() throws Exception {
        assertThat(problems(certificate(new Issuing()), Duration.ofHours(4))).isEmpty();
        assertThat(RegistryRules.problems(world.registry())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void problems_whenTheCertificateMayDoSomethingElse_sayWhat(Wrong wrong) throws Exception {
        Issuing issuing = new Issuing();
        wrong.made().accept(issuing);

        assertThat(problems(certificate(issuing), Duration.ofHours(4)))
                .singleElement()
                .asString()
                .endsWith(wrong.problem());
    }

    @Test
    void problems_whenNoLifeOrAWrongOneIsAllowed_sayHowLongItMayBe() throws Exception {
        X509Certificate issuer = certificate(new Issuing());
        for (Duration life : new Duration[] {null, Duration.ofMinutes(5).minusSeconds(1), Duration.ofHours(25)}) {
            assertThat(problems(issuer, life)).singleElement().asString().endsWith(NO_LIFE);
        }
        for (Duration life : List.of(ShortTermCertificates.SHORTEST, ShortTermCertificates.LONGEST)) {
            assertThat(problems(issuer, life)).isEmpty();
        }
    }

    @Test
    void problems_whenItIsAnotherMembersOrOfNoAuthority_sayIt() throws Exception {
        X509Certificate others = world.cspd.certificate();
        assertThat(problems(others, Duration.ofHours(4)))
                .anySatisfy(problem -> assertThat(problem).endsWith("names another organisation in its subject"))
                .anySatisfy(problem -> assertThat(problem).endsWith(LOOSE));

        Registry none = new Registry(
                "JO",
                1,
                world.now,
                world.now.plusSeconds(60),
                List.of(),
                List.of(member(TestWorld.PORTAL, world.right(world.portal.certificate()))),
                List.of());
        assertThat(RegistryRules.problems(none))
                .anySatisfy(problem -> assertThat(problem).endsWith("has no authority for its use"));
    }

    @Test
    void problems_whenTheSameKeySignsMessagesToo_sayIt() {
        X509Certificate issuer = world.portal.certificate();
        RegisteredCertificate message =
                new RegisteredCertificate(CertificateUse.MESSAGE, issuer, world.now, world.now.plusSeconds(60), null);

        assertThat(RegistryRules.problems(world.registry(null, List.of(world.right(issuer), message), List.of())))
                .anySatisfy(problem -> assertThat(problem).startsWith("one key is registered for"));
    }

    @Test
    void problems_whenAnotherUseHasALongestLife_sayIt() {
        RegisteredCertificate message = new RegisteredCertificate(
                CertificateUse.MESSAGE,
                world.portal.certificate(),
                world.now,
                world.now.plusSeconds(60),
                null,
                Duration.ofHours(1));

        assertThat(RegistryRules.problems(world.registry(null, List.of(message), List.of())))
                .anySatisfy(problem -> assertThat(problem).endsWith("has a longest life but issues nothing"));
    }

    private List<String> problems(X509Certificate issuer, @Nullable Duration life) {
        RegisteredCertificate right = new RegisteredCertificate(
                CertificateUse.MESSAGE_ISSUER, issuer, world.now, world.now.plusSeconds(60), null, life);
        return RegistryRules.problems(world.registry(null, List.of(right), List.of()));
    }

    private static Member member(MemberId id, RegisteredCertificate certificate) {
        return new Member(id, new Label("عضو", "member"), List.of("n1"), List.of(certificate), List.of());
    }

    private X509Certificate certificate(Issuing issuing) throws Exception {
        KeyPair pair = TestAuthority.generate("EC");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=Issuers of messages"),
                BigInteger.valueOf(7),
                Date.from(world.now.minusSeconds(60)),
                Date.from(world.now.plusSeconds(600)),
                own(TestWorld.PORTAL.toString()),
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, issuing.constraints);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(issuing.usage));
        if (!issuing.purposes.isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(issuing.purposes.stream()
                            .map(purpose -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose)))
                            .toArray(KeyPurposeId[]::new)));
        }
        if (issuing.confinedTo != null) {
            GeneralSubtree only = new GeneralSubtree(new GeneralName(own(issuing.confinedTo)));
            GeneralSubtree second = new GeneralSubtree(new GeneralName(own(TestWorld.CSPD.toString())));
            GeneralSubtree[] permitted =
                    issuing.confinedToTwo ? new GeneralSubtree[] {only, second} : new GeneralSubtree[] {only};
            builder.addExtension(Extension.nameConstraints, issuing.critical, new NameConstraints(permitted, null));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private static X500Name own(String organisation) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organisation)
                .build();
    }
}
