package org.wasl.security.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.RegistrySource;

/**
 * The certificate authorities of a directory: {@code authority/NAME.p12} and {@code NAME.pem}, the book of what each
 * issued beside them, and its revocation list where the registry's lists are. The demonstration's authorities are kept
 * the same way, so what works on one works on the other.
 */
public final class Pki {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final String BOOK = ".book";
    private static final Duration ROOT_VALIDITY = Duration.ofDays(7304);
    private static final Duration ISSUING_VALIDITY = Duration.ofDays(3652);
    private static final Duration RESPONDER_VALIDITY = Duration.ofDays(90);
    private static final Duration STAMPER_VALIDITY = Duration.ofDays(1095);

    private final TrustFiles files;
    private final URI publication;
    private final Clock clock;
    private final StoredKeys keys;

    /**
     * @param files the directory
     * @param publication where certificates say that their authority's certificate and list are published; ends with
     *     {@code /}
     */
    public Pki(TrustFiles files, URI publication, Clock clock) {
        this.files = files;
        this.publication = publication;
        this.clock = clock;
        this.keys = new StoredKeys(files.secrets(), clock);
    }

    /** Whether that can be an authority's name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The name of the authority that issues for this use: {@code message-ca}, {@code tls-ca} and so on. */
    public static String issuing(CertificateUse use) {
        return use.fileName() + "-ca";
    }

    /** The names of the authorities that issue, in order. */
    public List<String> authorities() throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(files.authority())) {
            try (DirectoryStream<Path> books = Files.newDirectoryStream(files.authority(), "*" + BOOK)) {
                for (Path file : books) {
                    String name = String.valueOf(file.getFileName());
                    names.add(name.substring(0, name.length() - BOOK.length()));
                }
            }
        }
        names.sort(Comparator.naturalOrder());
        return names;
    }

    /**
     * Makes a root and, under it, the authority that issues for this use.
     *
     * @param organisation the organisation that runs them
     * @return the issuing authority's name
     * @throws FileAlreadyExistsException when there is one: an authority is never made over
     */
    public String init(CertificateUse use, String organisation) throws IOException, GeneralSecurityException {
        String name = issuing(use);
        String rootName = use.fileName() + "-root";
        Path file = keyFile(name);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        AtomicFile.directory(files.authority(), Readers.EVERYBODY);
        AuthorityCertificates certificates = new AuthorityCertificates(organisation, clock);
        // What members' own issuing keys are certified by has those below it; any other issues to end entities only.
        int below = use == CertificateUse.MESSAGE_ISSUER ? 1 : 0;
        KeyEntry root = keep(
                rootName,
                () -> certificates.root(organisation + " " + rootName.replace('-', ' '), ROOT_VALIDITY, below + 1));
        KeyEntry issuing = keep(
                name,
                () -> certificates.intermediate(
                        root, organisation + " " + name.replace('-', ' '), ISSUING_VALIDITY, below));
        pem(rootName, root.certificate());
        pem(name, issuing.certificate());
        book(rootName).enter(List.of(issuing.certificate()));
        book(name).enter(List.of());
        list(rootName, Duration.ofDays(365));
        list(name, Duration.ofDays(7));
        return name;
    }

    /**
     * Issues a certificate and enters it in the book.
     *
     * @throws NoSuchFileException when there is no such authority
     */
    public X509Certificate issue(String authority, CertificateOrder order)
            throws IOException, GeneralSecurityException {
        CertificateAuthority issuer = new CertificateAuthority(key(authority), publication.resolve(authority), clock);
        X509Certificate certificate = issuer.issue(order);
        book(authority).enter(List.of(certificate));
        return certificate;
    }

    /**
     * Revokes a certificate; its authority's responder says so from now on, and its next list.
     *
     * @return the certificate in the book; empty when the authority never issued it
     */
    public Optional<IssuedCertificate> revoke(
            String authority, BigInteger serial, IssuedCertificate.Revocation revocation) throws IOException {
        return book(authority).revoke(serial, revocation);
    }

    /**
     * The certificate of this authority.
     *
     * @throws NoSuchFileException when there is no such authority
     */
    public X509Certificate certificate(String authority) throws IOException, GeneralSecurityException {
        return key(authority).certificate();
    }

    /** The book of this authority. */
    public IssuedCertificates book(String authority) {
        return new IssuedCertificates(files.authority().resolve(checked(authority) + BOOK));
    }

    /** Where the authority's revocation list is. */
    public Path listFile(String authority) {
        return files.registry().resolve(RegistrySource.REVOCATION_LISTS).resolve(checked(authority) + ".crl");
    }

    /**
     * Writes a new revocation list of this authority.
     *
     * @param validity until when it may be relied on, from now
     */
    public X509CRL list(String authority, Duration validity) throws IOException, GeneralSecurityException {
        KeyEntry issuer = key(authority);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            X509v2CRLBuilder builder = new JcaX509v2CRLBuilder(issuer.certificate(), Date.from(now));
            builder.setNextUpdate(Date.from(now.plus(validity)));
            for (IssuedCertificate issued : book(authority).all()) {
                IssuedCertificate.Revocation revoked = issued.revoked();
                if (revoked != null) {
                    builder.addCRLEntry(
                            issued.serial(),
                            Date.from(revoked.at()),
                            revoked.reason().code());
                }
            }
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.certificate()));
            // Milliseconds since 1970: goes up with every list, without a counter to keep.
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(clock.millis())));
            X509CRL list = new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.key())));
            Path file = listFile(authority);
            AtomicFile.directory(files.registry(), Readers.EVERYBODY);
            AtomicFile.directory(files.registry().resolve(RegistrySource.REVOCATION_LISTS), Readers.EVERYBODY);
            AtomicFile.write(file, list.getEncoded(), Readers.EVERYBODY);
            return list;
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the revocation list cannot be made", e);
        }
    }

    /**
     * The responder of this authority; its key is made at first, and made anew when its certificate has ended.
     *
     * @param validity for how long its answers may be relied on
     */
    public OcspResponder responder(String authority, Duration validity) throws IOException, GeneralSecurityException {
        KeyEntry issuer = key(authority);
        KeyEntry responder = current(authority + "-ocsp", () -> new AuthorityCertificates(organisation(issuer), clock)
                .responder(issuer, authority + " status", RESPONDER_VALIDITY));
        return new OcspResponder(responder, issuer.certificate(), book(authority), validity, clock);
    }

    /** The time-stamp authority, under the authority for time-stamps. */
    public TimeStampAuthority timeStamps() throws IOException, GeneralSecurityException {
        String authority = issuing(CertificateUse.TIMESTAMP);
        KeyEntry issuer = key(authority);
        KeyEntry stamper = current("tsa", () -> new AuthorityCertificates(organisation(issuer), clock)
                .timeStamper(issuer, "time-stamps", STAMPER_VALIDITY));
        pem("tsa", stamper.certificate());
        book(authority).enter(List.of(stamper.certificate()));
        return new TimeStampAuthority(stamper, clock);
    }

    private KeyEntry current(String name, StoredKeys.Maker maker) throws IOException, GeneralSecurityException {
        KeyEntry entry = keep(name, maker);
        if (entry.certificate()
                .getNotAfter()
                .toInstant()
                .isAfter(clock.instant().plus(Duration.ofDays(1)))) {
            return entry;
        }
        Files.delete(keyFile(name));
        return keep(name, maker);
    }

    private static String organisation(KeyEntry authority) {
        String name = authority.certificate().getSubjectX500Principal().getName();
        for (String part : name.split(",", -1)) {
            if (part.startsWith("O=")) {
                return part.substring(2);
            }
        }
        return "authority";
    }

    private KeyEntry key(String authority) throws IOException, GeneralSecurityException {
        Path file = keyFile(authority);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return keep(authority, () -> {
            throw new GeneralSecurityException("an authority is not made in passing");
        });
    }

    private KeyEntry keep(String name, StoredKeys.Maker maker) throws IOException, GeneralSecurityException {
        return keys.keep(keyFile(name), "authority-" + name, maker);
    }

    private Path keyFile(String name) {
        return files.authority().resolve(checked(name) + ".p12");
    }

    private void pem(String name, X509Certificate certificate) throws IOException, GeneralSecurityException {
        Path file = files.authority().resolve(checked(name) + ".pem");
        AtomicFile.write(file, Pem.certificates(List.of(certificate)), Readers.EVERYBODY);
    }

    private static String checked(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("an authority's name is made of lower-case letters, digits and hyphens");
        }
        return name;
    }
}
