package org.wasl.node.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.wasl.security.authority.Pem;
import org.wasl.security.certificate.PathFinder;
import org.wasl.security.certificate.PathRules;
import org.wasl.security.certificate.PathVerdict;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.ShortTermCertificates;
import org.wasl.security.registry.TrustAnchor;

/** The certificates of a bundle: each signer's with its path, and which evidence speaks of which certificate. */
final class CertificateFiles {

    private static final Map<String, String> DIGESTS =
            Map.of("1.3.14.3.2.26", "sha1", "2.16.840.1.101.3.4.2.1", "sha256", "2.16.840.1.101.3.4.2.2", "sha384");

    private final Map<String, X509Certificate> files = new LinkedHashMap<>();
    private final List<Path> paths = new ArrayList<>();
    private final List<Status> statuses = new ArrayList<>();

    /**
     * One signer's path.
     *
     * @param signer the file of its certificate
     * @param between the files of the authorities between, from the signer upwards
     * @param anchor the file of the registry's authority at the end
     * @param at when it signed, or was seen to have
     * @param version the registry's version that has them
     * @param registered whether the registry has the signer's certificate itself, and not only, for one of some hours, the
     *     member's certificate that issued it
     */
    record Path(String signer, List<String> between, String anchor, Instant at, long version, boolean registered) {}

    /**
     * What speaks of a certificate's status.
     *
     * @param evidence its file
     * @param ocsp whether it is an OCSP response, not a list
     * @param subject the file of the certificate that it speaks of
     * @param issuer the file of the certificate's issuer
     * @param anchor the file of the authority at the end
     * @param digest the digest by which a response names certificates, as openssl calls it; empty for a list
     * @param at as of when
     */
    record Status(
            String evidence, boolean ocsp, String subject, String issuer, String anchor, String digest, Instant at) {}

    static CertificateFiles of(Evidence evidence) throws GeneralSecurityException {
        CertificateFiles certificates = new CertificateFiles();
        Set<X509Certificate> seen = new LinkedHashSet<>();
        for (CaseMessage message : evidence.messages()) {
            Optional<ContainerVerdict.Genuine> genuine = message.genuine();
            RegistryVersions.Version version = evidence.versions().get(message.registryVersion());
            if (genuine.isPresent() && version != null && seen.add(genuine.get().certificate())) {
                String member = message.header().orElseThrow().sender().member().dotted();
                certificates.signer(member, genuine.get().certificate(), message, version.registry(), evidence);
            }
        }
        if (evidence.stamp().isPresent()) {
            StampReader.Stamp stamp = evidence.stamp().get();
            certificates.path("time-stamping", stamp.chain(), stamp.anchor(), stamp.at(), -1, true);
        }
        return certificates;
    }

    private void signer(
            String member, X509Certificate certificate, CaseMessage message, Registry registry, Evidence evidence)
            throws GeneralSecurityException {
        Optional<ShortTermCertificates.Issuer> issuing = ShortTermCertificates.issuer(registry, certificate);
        PathVerdict verdict = issuing.map(
                        issuer -> ShortTermCertificates.path(registry, certificate, issuer, message.at()))
                .orElseGet(() -> PathFinder.find(
                        certificate,
                        of(registry.trusted().intermediates()),
                        of(registry.anchors()),
                        PathRules.withoutRevocation(message.at())));
        if (!(verdict instanceof PathVerdict.Found found)) {
            return;
        }
        path(member, found.chain(), found.anchor(), message.at(), registry.version(), issuing.isEmpty());
        for (int place = 0; place < found.chain().size(); place++) {
            X509Certificate subject = found.chain().get(place);
            X509Certificate issuer = found.issuer(place);
            for (RevocationEvidence piece : evidence.status().values()) {
                Optional<String> digest = speaksOf(piece, subject, issuer);
                if (digest.isPresent()) {
                    statuses.add(new Status(
                            BundleWriter.evidence(piece),
                            piece.kind() == RevocationEvidence.Kind.OCSP,
                            name(place == 0 ? member : "authority", subject),
                            name(place + 1 < found.chain().size() ? "authority" : "anchor", issuer),
                            name("anchor", found.anchor()),
                            digest.get(),
                            message.at()));
                }
            }
        }
    }

    private void path(
            String who,
            List<X509Certificate> chain,
            X509Certificate anchor,
            Instant at,
            long version,
            boolean registered)
            throws GeneralSecurityException {
        List<String> between = new ArrayList<>();
        for (X509Certificate link : chain.subList(1, chain.size())) {
            between.add(file("authority", link));
        }
        paths.add(new Path(file(who, chain.get(0)), between, file("anchor", anchor), at, version, registered));
    }

    private String file(String who, X509Certificate certificate) throws GeneralSecurityException {
        String name = name(who, certificate);
        files.put(name, certificate);
        return name;
    }

    private static String name(String who, X509Certificate certificate) throws GeneralSecurityException {
        return "certificates/" + who + "-" + BundleWriter.mark(certificate) + ".pem";
    }

    private static List<X509Certificate> of(List<TrustAnchor> authorities) {
        return authorities.stream()
                .filter(authority -> authority.use() == CertificateUse.MESSAGE)
                .map(TrustAnchor::certificate)
                .toList();
    }

    /**
     * Lists speak of all that their issuer issued; a response names the serial numbers that it speaks of.
     *
     * @return the digest by which a response names the certificate; empty text for a list; empty when it is of another
     */
    private static Optional<String> speaksOf(
            RevocationEvidence piece, X509Certificate subject, X509Certificate issuer) {
        try {
            if (piece.kind() == RevocationEvidence.Kind.CRL) {
                CRL list =
                        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(piece.octets()));
                return list instanceof X509CRL x509
                                && x509.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                        ? Optional.of("")
                        : Optional.empty();
            }
            if (!(new OCSPResp(piece.octets()).getResponseObject() instanceof BasicOCSPResp response)) {
                return Optional.empty();
            }
            for (SingleResp single : response.getResponses()) {
                if (single.getCertID().getSerialNumber().equals(subject.getSerialNumber())) {
                    return Optional.ofNullable(
                            DIGESTS.get(single.getCertID().getHashAlgOID().getId()));
                }
            }
            return Optional.empty();
        } catch (IOException | OCSPException | GeneralSecurityException unreadable) {
            // Evidence that cannot be read speaks of nothing; that it does not, the judgement of the message said.
            return Optional.empty();
        }
    }

    /** The paths of the messages' signers. */
    List<Path> signers() {
        return paths.stream().filter(path -> path.version() >= 0).toList();
    }

    /** Whether nobody else issued the authority at the path's end. */
    boolean endsAtRoot(Path path) {
        X509Certificate anchor = files.get(path.anchor());
        return anchor != null && anchor.getSubjectX500Principal().equals(anchor.getIssuerX500Principal());
    }

    /** The path of the time-stamp's signer. */
    Optional<Path> stamping() {
        return paths.stream().filter(path -> path.version() < 0).findFirst();
    }

    List<Status> statuses() {
        return List.copyOf(statuses);
    }

    void write(BundleFiles bundle) throws IOException, GeneralSecurityException {
        for (Map.Entry<String, X509Certificate> file : files.entrySet()) {
            bundle.add(file.getKey(), Pem.certificates(List.of(file.getValue())));
        }
    }
}
