package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_EXPIRED;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_OTHER_MEMBER;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_REVOKED;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_UNKNOWN;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_UNTRUSTED;
import static org.wasl.schemas.fault.FaultCode.CERTIFICATE_USAGE;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_INVALID;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Attack.Gate.VERIFYING;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Parts;
import org.wasl.security.container.TestAuthority;
import org.wasl.security.container.TestWorld;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegisteredCertificate;

/** Certificates that are not the sender's, or may not be relied on. */
final class CertificateAttacks {

    private static final Duration DAY = Duration.ofDays(1);

    private CertificateAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(exchanged(), own(), registered()).flatMap(s -> s);
    }

    /** Nothing is signed anew: the certificate in KeyInfo is another. */
    private static Stream<Attack> exchanged() {
        return Stream.of(
                keyInfo(
                        "another member's certificate",
                        CERTIFICATE_OTHER_MEMBER,
                        g -> Forger.encoded(g.cspdKey().certificate())),
                keyInfo(
                        "a certificate nobody registered",
                        CERTIFICATE_UNKNOWN,
                        g -> Forger.encoded(g.certificate(g.key("EC")))),
                keyInfo(
                        "another certificate of the same key",
                        CERTIFICATE_UNKNOWN,
                        g -> Forger.encoded(g.certificate(g.portal()))),
                keyInfo(
                        "the authority's certificate",
                        CERTIFICATE_UNKNOWN,
                        g -> Forger.encoded(g.world().authority.certificate())),
                keyInfo("three octets", CERTIFICATE_UNKNOWN, g -> new byte[3]),
                keyInfo("an octet after the certificate", CERTIFICATE_UNKNOWN, g -> {
                    byte[] octets = Forger.encoded(g.portalKey().certificate());
                    return Arrays.copyOf(octets, octets.length + 1);
                }),
                keyInfo("the certificate with another signature", CERTIFICATE_UNKNOWN, g -> {
                    byte[] octets = Forger.encoded(g.portalKey().certificate());
                    octets[octets.length - 1] ^= 1;
                    return octets;
                }),
                keyInfo("the public key in place of a certificate", CERTIFICATE_UNKNOWN, g -> g.portal()
                        .getPublic()
                        .getEncoded()),
                structure(
                        "two certificates",
                        p -> p.text(
                                Terms.SIGNATURES,
                                t -> t.replaceAll("(<ds:X509Certificate>[^<]*</ds:X509Certificate>)", "$1$1"))),
                structure(
                        "a second SigningCertificate",
                        p -> p.text(Terms.SIGNATURES, t -> t.replaceAll("(<xades:Cert>.*?</xades:Cert>)", "$1$1"))),
                structure(
                        "a SigningCertificate of the first version",
                        p -> p.text(Terms.SIGNATURES, t -> t.replace("SigningCertificateV2", "SigningCertificate"))),
                structure(
                        "no SigningCertificate",
                        p -> p.text(
                                Terms.SIGNATURES,
                                t -> t.replaceAll("<xades:SigningCertificateV2>.*</xades:SigningCertificateV2>", ""))));
    }

    /** Everything is signed anew, by one who may not. */
    private static Stream<Attack> own() {
        return Stream.of(
                Attack.byMember(
                        Category.CERTIFICATES,
                        "signed by anybody",
                        VERIFYING,
                        CERTIFICATE_UNKNOWN,
                        ground -> ground.attempt(WrappingAttacks.forged(ground).zip())),
                signedBy(
                        "signed by another member",
                        CERTIFICATE_OTHER_MEMBER,
                        g -> g.cspdKey().pair(),
                        g -> g.cspdKey().certificate()),
                signedBy(
                        "signed by another member under the sender's certificate",
                        SIGNATURE_INVALID,
                        g -> g.cspdKey().pair(),
                        g -> g.portalKey().certificate()),
                signedBy(
                        "signed by anybody under the sender's certificate",
                        SIGNATURE_INVALID,
                        g -> g.key("EC"),
                        g -> g.portalKey().certificate()),
                signedBy(
                        "signed by the sender under another certificate of the same key",
                        CERTIFICATE_UNKNOWN,
                        g -> g.portal(),
                        g -> g.certificate(g.portal())),
                signedBy(
                        "signed by the sender under another member's certificate",
                        CERTIFICATE_OTHER_MEMBER,
                        g -> g.portal(),
                        g -> g.cspdKey().certificate()),
                Attack.byMember(
                        Category.CERTIFICATES,
                        "the signed properties name another certificate",
                        VERIFYING,
                        SIGNATURE_STRUCTURE,
                        ground -> {
                            Parts parts = ground.parts();
                            Forger.certificate(parts, ground.cspdKey().certificate());
                            Forger.keyInfo(
                                    parts, Forger.encoded(ground.portalKey().certificate()));
                            Forger.redigest(parts);
                            Forger.sign(parts, ground.portal());
                            return ground.attempt(parts.zip());
                        }));
    }

    /** The registry has the certificate, and something else is wrong with it. */
    private static Stream<Attack> registered() {
        return Stream.of(
                issued(
                        "an expired certificate",
                        CERTIFICATE_EXPIRED,
                        now -> now.minus(DAY.multipliedBy(20)),
                        10,
                        KeyUsage.digitalSignature),
                issued(
                        "a certificate of tomorrow",
                        CERTIFICATE_EXPIRED,
                        now -> now.plus(DAY),
                        10,
                        KeyUsage.digitalSignature),
                issued(
                        "a certificate for key agreement",
                        CERTIFICATE_USAGE,
                        now -> now.minus(DAY),
                        10,
                        KeyUsage.keyAgreement),
                issued(
                        "a certificate for encryption",
                        CERTIFICATE_USAGE,
                        now -> now.minus(DAY),
                        10,
                        KeyUsage.keyEncipherment),
                issued(
                        "a certificate for signing certificates",
                        CERTIFICATE_USAGE,
                        now -> now.minus(DAY),
                        10,
                        KeyUsage.keyCertSign),
                registration("registered for TLS alone", CERTIFICATE_USAGE, CertificateUse.TLS, -1, 1, null),
                registration("registered until yesterday", CERTIFICATE_EXPIRED, CertificateUse.MESSAGE, -3, -1, null),
                registration("registered from tomorrow", CERTIFICATE_EXPIRED, CertificateUse.MESSAGE, 1, 3, null),
                registration("compromised", CERTIFICATE_REVOKED, CertificateUse.MESSAGE, -3, 3, Duration.ZERO),
                registration("compromised long ago", CERTIFICATE_REVOKED, CertificateUse.MESSAGE, -3, 3, DAY),
                Attack.byMember(
                        Category.CERTIFICATES,
                        "issued by an authority of the same name",
                        VERIFYING,
                        CERTIFICATE_UNTRUSTED,
                        CertificateAttacks::namesake),
                Attack.byMember(
                        Category.CERTIFICATES,
                        "issued by a member",
                        VERIFYING,
                        CERTIFICATE_UNTRUSTED,
                        CertificateAttacks::issuedByAMember));
    }

    private static Attempt namesake(Ground ground) {
        TestWorld world = ground.world();
        TestAuthority foreign = new TestAuthority("Message authority", world.now);
        return new Attempt(
                ground.genuine(),
                world.registry(
                        foreign.certificate(),
                        world.registered(world.portalKey.certificate()),
                        world.registered(world.cspdKey.certificate())),
                world.now);
    }

    /** Another authority's certificate, registered all the same. */
    private static Attempt issuedByAMember(Ground ground) {
        TestAuthority own = new TestAuthority("PORTAL", ground.world().now);
        X509Certificate certificate =
                own.issue("PORTAL messages", ground.portal().getPublic(), 100);
        return signed(ground, ground.portal(), certificate, certificate);
    }

    private static Attack issued(String name, FaultCode code, Function<Instant, Instant> from, int days, int keyUsage) {
        return Attack.byMember(Category.CERTIFICATES, name, VERIFYING, code, ground -> {
            X509Certificate certificate = ground.world()
                    .authority
                    .issue(
                            "PORTAL messages",
                            ground.portal().getPublic(),
                            from.apply(ground.world().now),
                            days,
                            keyUsage);
            return signed(ground, ground.portal(), certificate, certificate);
        });
    }

    private static Attack registration(
            String name, FaultCode code, CertificateUse use, int fromDays, int toDays, Duration compromisedFor) {
        return Attack.byMember(Category.CERTIFICATES, name, VERIFYING, code, ground -> {
            Instant now = ground.world().now;
            return ground.attempt(
                    ground.genuine(),
                    new RegisteredCertificate(
                            use,
                            ground.portalKey().certificate(),
                            now.plus(DAY.multipliedBy(fromDays)),
                            now.plus(DAY.multipliedBy(toDays)),
                            compromisedFor == null ? null : now.minus(compromisedFor)));
        });
    }

    private static Attack signedBy(
            String name, FaultCode code, Function<Ground, KeyPair> key, Function<Ground, X509Certificate> certificate) {
        return Attack.byMember(
                Category.CERTIFICATES,
                name,
                VERIFYING,
                code,
                ground -> signed(
                        ground,
                        key.apply(ground),
                        certificate.apply(ground),
                        ground.portalKey().certificate()));
    }

    private static Attempt signed(Ground ground, KeyPair key, X509Certificate certificate, X509Certificate registered) {
        Parts parts = ground.parts();
        Forger.certificate(parts, certificate);
        Forger.redigest(parts);
        Forger.sign(parts, key);
        return ground.attempt(parts.zip(), registered);
    }

    private static Attack keyInfo(String name, FaultCode code, Function<Ground, byte[]> certificate) {
        return new Attack(Category.CERTIFICATES, name, Attack.By.OUTSIDER, VERIFYING, code, ground -> {
            Parts parts = ground.parts();
            Forger.keyInfo(parts, certificate.apply(ground));
            return ground.attempt(parts.zip());
        });
    }

    private static Attack structure(String name, Consumer<Parts> change) {
        return Attack.onParts(Category.CERTIFICATES, name, OPENING, SIGNATURE_STRUCTURE, change);
    }
}
