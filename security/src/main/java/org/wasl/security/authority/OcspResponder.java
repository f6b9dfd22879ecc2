package org.wasl.security.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.wasl.security.keys.KeyEntry;

/** Answers for one authority whether what it issued is revoked (RFC 6960), from its book. Safe for many threads. */
public final class OcspResponder {

    private static final int MAX_REQUEST_OCTETS = 16 * 1024;
    private static final int MAX_CERTIFICATES = 16;
    private static final int MAX_NONCE_OCTETS = 160;

    private final KeyEntry key;
    private final X509Certificate issuer;
    private final IssuedCertificates book;
    private final Duration validity;
    private final Clock clock;

    /**
     * @param key the responder's key, with the certificate that the authority gave it for this
     * @param issuer the authority's certificate
     * @param book what the authority issued and revoked
     * @param validity for how long an answer may be relied on
     */
    public OcspResponder(
            KeyEntry key, X509Certificate issuer, IssuedCertificates book, Duration validity, Clock clock) {
        this.key = key;
        this.issuer = issuer;
        this.book = book;
        this.validity = validity;
        this.clock = clock;
    }

    /**
     * Answers a request, DER to DER. What cannot be read is answered so.
     *
     * @throws IOException when the book cannot be read
     * @throws GeneralSecurityException when the answer cannot be signed
     */
    public byte[] answer(byte[] request) throws IOException, GeneralSecurityException {
        try {
            Optional<OCSPReq> read = read(request);
            if (read.isEmpty()) {
                return new OCSPRespBuilder()
                        .build(OCSPRespBuilder.MALFORMED_REQUEST, null)
                        .getEncoded();
            }
            return answer(read.get());
        } catch (OCSPException | OperatorCreationException e) {
            throw new GeneralSecurityException("the OCSP response cannot be made", e);
        }
    }

    private static Optional<OCSPReq> read(byte[] octets) {
        if (octets.length > MAX_REQUEST_OCTETS) {
            return Optional.empty();
        }
        try {
            OCSPReq request = new OCSPReq(octets);
            int certificates = request.getRequestList().length;
            return certificates < 1 || certificates > MAX_CERTIFICATES ? Optional.empty() : Optional.of(request);
        } catch (IOException | RuntimeException e) {
            // BouncyCastle reports malformed ASN.1 that it meets late by unchecked exceptions of many kinds.
            return Optional.empty();
        }
    }

    private byte[] answer(OCSPReq request)
            throws IOException, GeneralSecurityException, OCSPException, OperatorCreationException {
        DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
        X509CertificateHolder authority = new JcaX509CertificateHolder(issuer);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        BasicOCSPRespBuilder builder =
                new BasicOCSPRespBuilder(new RespID(new JcaX509CertificateHolder(key.certificate()).getSubject()));
        for (Req asked : request.getRequestList()) {
            CertificateID id = asked.getCertID();
            if (!id.matchesIssuer(authority, digests)) {
                return new OCSPRespBuilder()
                        .build(OCSPRespBuilder.UNAUTHORIZED, null)
                        .getEncoded();
            }
            builder.addResponse(id, status(id), Date.from(now), Date.from(now.plus(validity)), null);
        }
        Extension nonce = request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (nonce != null && nonce.getExtnValue().getOctets().length <= MAX_NONCE_OCTETS) {
            builder.setResponseExtensions(new Extensions(nonce));
        }
        OCSPResp response = new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA").build(key.key()),
                                new X509CertificateHolder[] {new JcaX509CertificateHolder(key.certificate())},
                                Date.from(now)));
        return response.getEncoded();
    }

    private CertificateStatus status(CertificateID id) throws IOException {
        Optional<IssuedCertificate> issued = book.find(id.getSerialNumber());
        if (issued.isEmpty()) {
            return new UnknownStatus();
        }
        IssuedCertificate.Revocation revoked = issued.get().revoked();
        return revoked == null
                ? CertificateStatus.GOOD
                : new RevokedStatus(Date.from(revoked.at()), revoked.reason().code());
    }
}
