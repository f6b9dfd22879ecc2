package org.wasl.security.keys;

import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.CertificateAuthority;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.container.TestWorld;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.ShortTermCertificates;
import org.wasl.security.registry.TrustAnchor;

/** An authority that lets two members issue message certificates to themselves, and certificates of every kind below it. */
public final class ShortTermWorld {

    public static final Duration ALLOWED = Duration.ofHours(4);

    private static final AtomicLong SERIAL = new AtomicLong(1000);

    public final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    public final Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    public final CertificateAuthority authority;
    public final KeyEntry portal;
    public final KeyEntry cspd;

    public ShortTermWorld() throws Exception {
        authority = new CertificateAuthority(
                CertificateAuthority.createRoot("JO", "Issuers of messages", 1, clock),
                URI.create("http://pki.wasl.example/message-issuer-ca"),
                clock);
        portal = issuer(TestWorld.PORTAL);
        cspd = issuer(TestWorld.CSPD);
    }

    /** A new key that may issue, by what its certificate says. */
    public KeyEntry issuer(MemberId member) throws Exception {
        KeyPair pair = TestAuthority.newKey();
        return new KeyEntry(pair.getPrivate(), List.of(certify(member, pair.getPublic())));
    }

    public X509Certificate certify(MemberId member, PublicKey key) throws java.security.GeneralSecurityException {
        return authority.issue(new CertificateOrder(
                CertificateProfile.MESSAGE_ISSUER,
                member.toString(),
                member.member() + " issues",
                key,
                List.of(),
                Duration.ofDays(365)));
    }

    public X509CRL list(X509Certificate... revoked) throws Exception {
        return authority.revoke(
                Optional.empty(),
                Arrays.stream(revoked).map(X509Certificate::getSerialNumber).toList(),
                Duration.ofDays(7));
    }

    public RegisteredCertificate right(X509Certificate issuer) {
        return right(issuer, ALLOWED, null);
    }

    public RegisteredCertificate right(X509Certificate issuer, Duration longest, @Nullable Instant compromised) {
        return new RegisteredCertificate(
                CertificateUse.MESSAGE_ISSUER,
                issuer,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(300)),
                compromised,
                longest);
    }

    public Registry registry() {
        return registry(null, List.of(right(portal.certificate())), List.of(right(cspd.certificate())));
    }

    public Registry registry(
            @Nullable URI list, List<RegisteredCertificate> ofPortal, List<RegisteredCertificate> ofCspd) {
        return new Registry(
                "JO",
                1,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(30)),
                List.of(new TrustAnchor(CertificateUse.MESSAGE_ISSUER, authority.certificate(), list)),
                List.of(
                        new Member(
                                TestWorld.PORTAL, new Label("البوابة", "Portal"), List.of("n1"), ofPortal, List.of()),
                        new Member(
                                TestWorld.CSPD,
                                new Label("الأحوال", "Civil status"),
                                List.of("n1"),
                                ofCspd,
                                List.of())),
                List.of());
    }

    /** What a leaf says; as it must be, until told otherwise. */
    public Leaf leaf() {
        return new Leaf(portal, TestWorld.PORTAL, now);
    }

    /** A short-term certificate in the making. */
    public static final class Leaf {
        public PrivateKey issuingKey;
        public X500Name issuerName;
        public PublicKey issuerKey;
        public String organisation;
        public Instant from;
        public Instant to;
        public KeyPair pair = org.wasl.security.container.TestAuthority.generate("EC");
        public BasicConstraints constraints = new BasicConstraints(false);
        public int usage = KeyUsage.digitalSignature;

        @Nullable
        public String purpose = ShortTermCertificates.DOCUMENT_SIGNING;

        public boolean purposeCritical = true;
        public boolean keyIdentifier = true;
        public boolean listPoint;

        @Nullable
        public String criticalExtra;

        public final List<String> statements = new ArrayList<>(
                List.of(ShortTermCertificates.NO_REVOCATION_AVAILABLE, ShortTermCertificates.VALIDITY_ASSURED));

        Leaf(KeyEntry issuer, MemberId member, Instant now) {
            organisation = member.toString();
            from = now.minusSeconds(60);
            to = now.plus(Duration.ofHours(3));
            below(issuer.certificate(), issuer.key());
        }

        public Leaf below(X509Certificate issuer, PrivateKey key) {
            issuerName = X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
            issuerKey = issuer.getPublicKey();
            issuingKey = key;
            return this;
        }

        public X509Certificate certificate() throws Exception {
            X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.O, organisation)
                    .addRDN(BCStyle.CN, "leaf " + SERIAL.get())
                    .build();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuerName,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(to),
                    subject,
                    pair.getPublic());
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (purpose != null) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        purposeCritical,
                        new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose))));
            }
            if (keyIdentifier) {
                builder.addExtension(
                        Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuerKey));
            }
            for (String statement : statements) {
                builder.addExtension(new ASN1ObjectIdentifier(statement), false, DERNull.INSTANCE);
            }
            if (criticalExtra != null) {
                builder.addExtension(new ASN1ObjectIdentifier(criticalExtra), true, DERNull.INSTANCE);
            }
            if (listPoint) {
                GeneralName list = new GeneralName(GeneralName.uniformResourceIdentifier, "http://pki.wasl.example/l");
                DistributionPoint point =
                        new DistributionPoint(new DistributionPointName(new GeneralNames(list)), null, null);
                builder.addExtension(
                        Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuingKey)));
        }
    }
}
