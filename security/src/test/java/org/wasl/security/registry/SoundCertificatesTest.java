package org.wasl.security.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.certificate.PathVerdict;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.TestWorld;
import org.wasl.security.keys.ShortTermWorld;

/** What is remembered of certificates that no registry lists, and what strangers can do to it: nothing. */
class SoundCertificatesTest {

    private static final int FLOOD = 3_000;
    private static final int MEMBERS = 500;

    private final ShortTermWorld world;
    private final CertificatePath path = new CertificatePath(RevocationLists.NONE);

    SoundCertificatesTest() throws Exception {
        world = new ShortTermWorld();
    }

    @Test
    void find_whenOneWasReliedOn_isThatVeryCertificate() throws Exception {
        Registry registry = world.registry();
        X509Certificate leaf = world.leaf().certificate();
        byte[] octets = leaf.getEncoded();

        assertThat(refusal(registry, leaf, world.now)).isEmpty();

        assertThat(registry.sound().size()).isEqualTo(1);
        assertThat(ShortTermCertificates.find(registry, octets)).containsSame(leaf);
        assertThat(ShortTermCertificates.find(world.registry(), octets)).contains(leaf);
    }

    @Test
    void reliance_whenAFloodOfForgedCertificatesComes_keepsNothingOfIt() throws Exception {
        Registry registry = world.registry();
        X509Certificate good = world.leaf().certificate();
        assertThat(refusal(registry, good, world.now)).isEmpty();
        byte[] octets = good.getEncoded();

        for (int i = 1; i <= FLOOD; i++) {
            // In the issuer's name, with the right form, and another signature value each time.
            byte[] forged = octets.clone();
            forged[octets.length - 1] ^= (byte) i;
            forged[octets.length - 2] ^= (byte) (i >> 8);
            if (Arrays.equals(forged, octets)) {
                continue;
            }
            X509Certificate read = ShortTermCertificates.find(registry, forged).orElseThrow();
            assertThat(refusal(registry, read, world.now)).contains(FaultCode.CERTIFICATE_UNTRUSTED);
        }

        assertThat(registry.sound().size()).isEqualTo(1);
        assertThat(path.remembered()).isLessThanOrEqualTo(1);
        assertThat(ShortTermCertificates.find(registry, octets)).containsSame(good);
    }

    @Test
    void find_whenOctetsAreNoCertificate_isEmpty() throws Exception {
        Registry registry = world.registry();
        byte[] octets = world.leaf().certificate().getEncoded();

        assertThat(ShortTermCertificates.find(registry, new byte[0])).isEmpty();
        assertThat(ShortTermCertificates.find(registry, Arrays.copyOf(octets, octets.length + 1)))
                .isEmpty();
        assertThat(ShortTermCertificates.find(registry, Arrays.copyOf(octets, octets.length - 1)))
                .isEmpty();
        assertThat(ShortTermCertificates.find(registry, new byte[5_000])).isEmpty();
        assertThat(registry.sound().size()).isZero();
    }

    @Test
    void find_whenTheCertificateIsUnknown_looksAtNoOther() throws Exception {
        AtomicLong looks = new AtomicLong();
        List<Member> members = new ArrayList<>();
        TestAuthority messages = new TestAuthority("message-ca");
        X509Certificate known = messages.message(TestAuthority.DVLD);
        X509Certificate issuer = world.portal.certificate();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(new Member(
                    MemberId.parse("JO/GOV/M" + i),
                    new Label("عضو", "member"),
                    List.of("n1"),
                    List.of(
                            entry(CertificateUse.MESSAGE, new Observed(known, i, looks)),
                            entry(CertificateUse.MESSAGE_ISSUER, new Observed(issuer, i, looks))),
                    List.of()));
        }
        Registry registry = new Registry(
                "JO",
                1,
                world.now.minusSeconds(60),
                world.now.plus(Duration.ofDays(30)),
                List.of(new TrustAnchor(CertificateUse.MESSAGE_ISSUER, world.authority.certificate(), null)),
                members,
                List.of());
        ShortTermWorld.Leaf leaf = world.leaf();
        leaf.issuerName = new X500Name("O=JO/GOV/PORTAL,CN=somebody");
        byte[] unknown = leaf.certificate().getEncoded();
        looks.set(0);

        assertThat(registry.certificate(unknown)).isEmpty();
        assertThat(ShortTermCertificates.find(registry, unknown)).isEmpty();

        assertThat(looks).as("certificates of the registry that were looked at").hasValue(0);
        byte[] own = members.get(7).certificates().get(0).certificate().getEncoded();
        looks.set(0);
        assertThat(registry.certificate(own)).isPresent();
        assertThat(looks).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void certificate_whenAnotherHasTheSameHash_isNotTakenForIt() throws Exception {
        X509Certificate registered = new TestAuthority("message-ca").message(TestAuthority.CSPD);
        CertificateIndex index = new CertificateIndex();
        index.add(registered);
        index.add(registered);
        byte[] octets = registered.getEncoded();
        byte[] same = sameHash(octets);

        assertThat(index.find(octets)).containsSame(registered);
        assertThat(index.find(same)).isEmpty();
    }

    /** The hash is a sum with powers of 31: one more here, 31 less behind it, where neither wraps around. */
    private static byte[] sameHash(byte[] octets) {
        for (int place = 0; place + 1 < octets.length; place++) {
            byte[] same = octets.clone();
            same[place]++;
            same[place + 1] -= 31;
            if (Arrays.hashCode(same) == Arrays.hashCode(octets)) {
                return same;
            }
        }
        throw new AssertionError("every octet wraps around");
    }

    @Test
    void keep_whenOneIssuerIssuesVeryMany_pushesOutItsOwnAlone() throws Exception {
        SoundCertificates sound = new SoundCertificates();
        SoundCertificates.Sound others = sound(world.leaf().certificate(), world.cspd.certificate());
        sound.keep(others);

        for (int i = 0; i < 3 * SoundCertificates.MAX_OF_ISSUER; i++) {
            sound.keep(sound(world.leaf().certificate(), world.portal.certificate()));
            assertThat(sound.size()).isLessThanOrEqualTo(SoundCertificates.MAX_OF_ISSUER + 1);
        }

        assertThat(sound.find(others.certificate())).contains(others);
    }

    @Test
    void keep_whenOthersHadEndedBefore_forgetsThem() throws Exception {
        SoundCertificates sound = new SoundCertificates();
        ShortTermWorld.Leaf old = world.leaf();
        old.from = world.now.minus(Duration.ofHours(3));
        old.to = world.now.minus(Duration.ofHours(1));
        X509Certificate ended = old.certificate();
        X509Certificate overlapping = world.leaf().certificate();
        X509Certificate fresh = world.leaf().certificate();
        for (X509Certificate certificate : List.of(ended, overlapping, fresh)) {
            sound.keep(sound(certificate, world.portal.certificate()));
        }

        assertThat(sound.find(ended)).isEmpty();
        assertThat(sound.find(overlapping)).isPresent();
        assertThat(sound.size()).isEqualTo(2);
    }

    private SoundCertificates.Sound sound(X509Certificate leaf, X509Certificate issuer) {
        return new SoundCertificates.Sound(
                leaf,
                new ShortTermCertificates.Issuer(TestWorld.PORTAL, world.right(issuer)),
                new PathVerdict.Found(List.of(leaf, issuer), world.authority.certificate()));
    }

    private RegisteredCertificate entry(CertificateUse use, X509Certificate certificate) {
        return new RegisteredCertificate(
                use,
                certificate,
                world.now.minusSeconds(60),
                world.now.plusSeconds(60),
                null,
                use == CertificateUse.MESSAGE_ISSUER ? ShortTermWorld.ALLOWED : null);
    }

    private Optional<FaultCode> refusal(Registry registry, X509Certificate certificate, Instant at) {
        return path.refusal(registry, TestWorld.PORTAL, CertificateUse.MESSAGE, certificate, at)
                .map(fault -> fault.code());
    }
}
