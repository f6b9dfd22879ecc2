package org.wasl.security.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CRLHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.registry.ShortTermCertificates;

/** A certificate authority for one use: a self-signed P-256 root that issues end-entity certificates and a CRL. */
public final class CertificateAuthority {

    private static final String SIGNATURE_ALGORITHM = "SHA256withECDSA";
    private static final Duration ROOT_VALIDITY = Duration.ofDays(3652);
    private static final Duration BACKDATE = Duration.ofMinutes(5);
    private static final int MAX_LIST_OCTETS = 16 * 1024 * 1024;
    private static final int SERIAL_BITS = 127;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private final KeyEntry key;
    private final URI publication;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param key the root's key and certificate
     * @param publication where its certificate ({@code .crt}) and revocation list ({@code .crl}) are published, without
     *     the ending
     */
    public CertificateAuthority(KeyEntry key, URI publication, Clock clock) {
        this.key = key;
        this.publication = publication;
        this.clock = clock;
    }

    /**
     * Makes a new root.
     *
     * @param organisation the organisation that runs it
     * @param commonName its common name
     */
    public static KeyEntry createRoot(String organisation, String commonName, Clock clock)
            throws GeneralSecurityException {
        return createRoot(organisation, commonName, 0, clock);
    }

    /**
     * Makes a new root under which others issue.
     *
     * @param below how many authorities may stand below one another under it
     */
    public static KeyEntry createRoot(String organisation, String commonName, int below, Clock clock)
            throws GeneralSecurityException {
        return selfSigned(
                name(organisation, Optional.empty(), commonName),
                clock.instant(),
                new BasicConstraints(below),
                KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    /**
     * Makes a key that signs documents in its own name, such as the registry, and issues no certificates: whoever relies
     * on it has pinned its certificate.
     *
     * @param organisation the organisation that signs
     * @param commonName its common name
     */
    public static KeyEntry createSigner(String organisation, String commonName, Clock clock)
            throws GeneralSecurityException {
        return selfSigned(
                name(organisation, Optional.empty(), commonName),
                clock.instant(),
                new BasicConstraints(false),
                KeyUsage.digitalSignature);
    }

    /**
     * Reads the authority's last revocation list.
     *
     * @param file the list, DER
     * @param issuer the authority's certificate
     * @return the list; empty when there is no file
     * @throws GeneralSecurityException when it is not a list signed by that authority: losing revocations is not an
     *     option, so nothing carries on from it
     */
    public static Optional<X509CRL> readList(Path file, X509Certificate issuer)
            throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] octets = AtomicFile.read(file, MAX_LIST_OCTETS);
        X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(octets));
        list.verify(issuer.getPublicKey());
        return Optional.of(list);
    }

    /** The root's certificate. */
    public X509Certificate certificate() {
        return key.certificate();
    }

    /**
     * Issues one certificate.
     *
     * @throws GeneralSecurityException when it cannot be made
     */
    public X509Certificate issue(CertificateOrder order) throws GeneralSecurityException {
        Instant now = clock.instant();
        Instant to = now.plus(order.validity());
        if (to.isAfter(key.certificate().getNotAfter().toInstant())) {
            throw new GeneralSecurityException("the certificate would outlive the authority's own");
        }
        Instant from = now.minus(BACKDATE).truncatedTo(ChronoUnit.SECONDS);
        X500Name subject = name(order.organisation(), Optional.of(fingerprint(order.key())), order.commonName());
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    key.certificate(), serial(random), Date.from(from), Date.from(to), subject, order.key());
            addIdentity(builder, order);
            addStatus(builder, order.profile());
            return convert(builder, signer(key.key()));
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException("the certificate cannot be made", e);
        }
    }

    /**
     * Writes a new revocation list.
     *
     * @param previous the list before this one, whose entries are carried over; empty for the first
     * @param revoked serial numbers to add, revoked now
     * @param validity until when the list may be relied on, from now
     */
    public X509CRL revoke(Optional<X509CRL> previous, List<BigInteger> revoked, Duration validity)
            throws GeneralSecurityException {
        Instant now = clock.instant();
        try {
            X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(key.certificate(), Date.from(now));
            builder.setNextUpdate(Date.from(now.plus(validity)));
            if (previous.isPresent()) {
                builder.addCRL(new JcaX509CRLHolder(previous.get()));
            }
            for (BigInteger serial : revoked) {
                builder.addCRLEntry(serial, Date.from(now), 0);
            }
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(key.certificate()));
            // Milliseconds since 1970: goes up with every list, without a counter to keep.
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.toEpochMilli())));
            return new JcaX509CRLConverter().getCRL(builder.build(signer(key.key())));
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException("the revocation list cannot be made", e);
        }
    }

    private static KeyEntry selfSigned(X500Name name, Instant now, BasicConstraints constraints, int usage)
            throws GeneralSecurityException {
        KeyPair pair = EcKeys.generate();
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    serial(new SecureRandom()),
                    Date.from(now.minus(BACKDATE)),
                    Date.from(now.plus(ROOT_VALIDITY)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            return new KeyEntry(pair.getPrivate(), List.of(convert(builder, signer(pair.getPrivate()))));
        } catch (CertIOException | OperatorCreationException e) {
            throw new GeneralSecurityException("the self-signed certificate cannot be made", e);
        }
    }

    private void addIdentity(X509v3CertificateBuilder builder, CertificateOrder order)
            throws GeneralSecurityException, CertIOException {
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        boolean issues = order.profile() == CertificateProfile.MESSAGE_ISSUER;
        builder.addExtension(
                Extension.basicConstraints, true, issues ? new BasicConstraints(0) : new BasicConstraints(false));
        if (issues) {
            // Whatever its holder is talked into: no name but the member's own.
            X500Name own = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.O, order.organisation())
                    .build();
            GeneralSubtree subtree = new GeneralSubtree(new GeneralName(own));
            builder.addExtension(
                    Extension.nameConstraints, true, new NameConstraints(new GeneralSubtree[] {subtree}, null));
        }
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(order.profile().keyUsage()));
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(order.key()));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                ids.createAuthorityKeyIdentifier(key.certificate().getPublicKey()));
        if (order.profile().purposes().length > 0) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(order.profile().purposes()));
        }
        if (!order.hosts().isEmpty()) {
            GeneralName[] names =
                    order.hosts().stream().map(CertificateAuthority::hostName).toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
    }

    private void addStatus(X509v3CertificateBuilder builder, CertificateProfile profile) throws CertIOException {
        if (!profile.revocable()) {
            builder.addExtension(
                    new ASN1ObjectIdentifier(ShortTermCertificates.NO_REVOCATION_AVAILABLE), false, DERNull.INSTANCE);
            builder.addExtension(
                    new ASN1ObjectIdentifier(ShortTermCertificates.VALIDITY_ASSURED), false, DERNull.INSTANCE);
            return;
        }
        GeneralName list = new GeneralName(GeneralName.uniformResourceIdentifier, publication + ".crl");
        DistributionPoint point = new DistributionPoint(new DistributionPointName(new GeneralNames(list)), null, null);
        builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
        GeneralName issuer = new GeneralName(GeneralName.uniformResourceIdentifier, publication + ".crt");
        builder.addExtension(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, issuer));
    }

    private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder(SIGNATURE_ALGORITHM).build(key);
    }

    private static X509Certificate convert(X509v3CertificateBuilder builder, ContentSigner signer)
            throws GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static BigInteger serial(SecureRandom random) {
        // One bit is always set, so that the number is never zero nor short.
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    }

    private static X500Name name(String organisation, Optional<String> serialNumber, String commonName) {
        X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.O, organisation);
        serialNumber.ifPresent(number -> builder.addRDN(BCStyle.SERIALNUMBER, number));
        return builder.addRDN(BCStyle.CN, commonName).build();
    }

    private static GeneralName hostName(String host) {
        boolean address = ADDRESS.matcher(host).matches();
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    /** Sets apart the certificates of one member: the first 8 octets of the key's SHA-256. */
    private static String fingerprint(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return HexFormat.of().formatHex(digest, 0, 8);
    }
}
