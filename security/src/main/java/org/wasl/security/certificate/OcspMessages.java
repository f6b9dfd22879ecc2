package org.wasl.security.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import org.wasl.security.crypto.SignatureMethod;

/**
 * OCSP requests and responses (RFC 6960), as one client writes and reads them. A response counts only when the issuer
 * itself signed it, or a responder to which the issuer gave a certificate for that; when it is about this certificate
 * and in time; and when nothing about it is critical and not understood.
 */
final class OcspMessages {

    private static final Set<String> UNDERSTOOD = Set.of(OCSPObjectIdentifiers.id_pkix_ocsp_nonce.getId());

    private static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

    private static final String MALFORMED = "the OCSP response is malformed";

    private OcspMessages() {}

    /** Leaves the reading of a response at the first thing that is wrong; never leaves this class. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * For what a response is read.
     *
     * @param certificate the certificate it must be about
     * @param issuer the certificate's issuer
     * @param nonce what the request carried; null when the response was not asked for just now
     * @param nonceRequired whether a response without the nonce is refused
     * @param at when it must be in time
     * @param clockSkew how much earlier than the responder's clock ours may be
     */
    record Question(
            X509Certificate certificate,
            X509Certificate issuer,
            byte @Nullable [] nonce,
            boolean nonceRequired,
            Instant at,
            Duration clockSkew) {}

    /** A request for one certificate, DER. */
    static byte[] request(X509Certificate issuer, BigInteger serial, byte[] nonce) throws GeneralSecurityException {
        try {
            CertificateID id = new CertificateID(digests().get(SHA256), new JcaX509CertificateHolder(issuer), serial);
            Extension extension = new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(nonce).getEncoded());
            return new OCSPReqBuilder()
                    .addRequest(id)
                    .setRequestExtensions(new Extensions(extension))
                    .build()
                    .getEncoded();
        } catch (OCSPException | OperatorCreationException | IOException e) {
            throw new GeneralSecurityException("the OCSP request cannot be made", e);
        }
    }

    /** Reads a response. */
    static OcspAnswer read(byte[] octets, Question question) {
        return judge(octets, question).asOf(question.at(), question.clockSkew());
    }

    /**
     * Looks at all of a response that does not change with time: whose it is, its signature, what it is about. That is
     * what costs, and one recorded response is asked about again and again, each time as of another instant.
     */
    static Judged judge(byte[] octets, Question question) {
        try {
            return judged(octets, question);
        } catch (Refusal e) {
            return Judged.refused(String.valueOf(e.getMessage()));
        } catch (IOException | GeneralSecurityException | OCSPException | OperatorCreationException | CertException e) {
            return Judged.refused("the OCSP response cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            // BouncyCastle reports malformed ASN.1 that it meets late by unchecked exceptions of many kinds.
            // Whatever it is, such octets show nothing.
            return Judged.refused(MALFORMED);
        }
    }

    /**
     * A response of which all was looked at but its time.
     *
     * @param refusal why it counts for nothing at any time; null when it counts
     * @param single what it says of the certificate; null when it counts for nothing
     * @param delegate the responder's certificate; null when the issuer itself signed
     * @param octets the response
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Judged(
            @Nullable String refusal,
            @Nullable SingleResp single,
            @Nullable X509CertificateHolder delegate,
            byte[] octets) {

        private static Judged refused(String reason) {
            return new Judged(reason, null, null, new byte[0]);
        }

        /** What it says as of this instant. */
        OcspAnswer asOf(Instant at, Duration clockSkew) {
            if (single == null) {
                return new OcspAnswer.Unanswered(refusal == null ? MALFORMED : refusal);
            }
            try {
                if (delegate != null && !delegate.isValidOn(Date.from(at))) {
                    throw new Refusal("the OCSP responder's certificate is outside its validity");
                }
                return new OcspAnswer.Stated(inTime(single, octets, at, clockSkew));
            } catch (Refusal e) {
                return new OcspAnswer.Unanswered(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                // As above: times too are read late.
                return new OcspAnswer.Unanswered(MALFORMED);
            }
        }
    }

    private static Judged judged(byte[] octets, Question question)
            throws Refusal, IOException, GeneralSecurityException, OCSPException, OperatorCreationException,
                    CertException {
        OCSPResp response = new OCSPResp(octets);
        if (response.getStatus() != OCSPResp.SUCCESSFUL) {
            throw new Refusal("the responder answered with error status " + response.getStatus());
        }
        if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
            throw new Refusal("the responder's answer is not a basic OCSP response");
        }
        checkExtensions(basic.getCriticalExtensionOIDs());
        checkNonce(basic, question);
        X509CertificateHolder delegate = checkSignature(basic, question);
        SingleResp single = single(basic, question);
        checkExtensions(single.getCriticalExtensionOIDs());
        return new Judged(null, single, delegate, octets);
    }

    private static void checkExtensions(Set<?> critical) throws Refusal {
        for (Object identifier : critical) {
            if (!UNDERSTOOD.contains(String.valueOf(identifier))) {
                throw new Refusal("the OCSP response has a critical extension that is not understood: " + identifier);
            }
        }
    }

    private static void checkNonce(BasicOCSPResp basic, Question question) throws Refusal {
        byte[] expected = question.nonce();
        if (expected == null) {
            return;
        }
        Extension extension = basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (extension == null) {
            if (question.nonceRequired()) {
                throw new Refusal("the OCSP response lacks the request's nonce: it may be an old one");
            }
            return;
        }
        byte[] nonce = ASN1OctetString.getInstance(extension.getParsedValue()).getOctets();
        if (!MessageDigest.isEqual(expected, nonce)) {
            throw new Refusal("the OCSP response has another nonce than the request");
        }
    }

    /** Who signed it for the issuer; null when the issuer itself did. */
    private static @Nullable X509CertificateHolder checkSignature(BasicOCSPResp basic, Question question)
            throws Refusal, GeneralSecurityException, OperatorCreationException, OCSPException, CertException,
                    IOException {
        if (!AcceptedSignatures.contains(
                basic.getSignatureAlgorithmID().getAlgorithm().getId())) {
            throw new Refusal("the OCSP response is signed by an algorithm that is not accepted");
        }
        X509CertificateHolder issuer = new JcaX509CertificateHolder(question.issuer());
        List<X509CertificateHolder> signers = new ArrayList<>(List.of(issuer));
        signers.addAll(Arrays.asList(basic.getCerts()));
        for (X509CertificateHolder signer : signers) {
            if (!named(basic.getResponderId(), signer)) {
                continue;
            }
            if (!signer.equals(issuer)) {
                checkDelegation(signer, issuer);
            }
            if (basic.isSignatureValid(new JcaContentVerifierProviderBuilder().build(signer))) {
                return signer.equals(issuer) ? null : signer;
            }
            throw new Refusal("the OCSP response's signature is wrong");
        }
        throw new Refusal("neither the issuer nor a responder certificate in the OCSP response is who it names");
    }

    private static boolean named(RespID responder, X509CertificateHolder signer) throws OCSPException {
        ResponderID id = responder.toASN1Primitive();
        if (id.getName() != null) {
            return id.getName().equals(signer.getSubject());
        }
        return responder.equals(new RespID(signer.getSubjectPublicKeyInfo(), sha1()));
    }

    /** RFC 6960, 4.2.2.2: the very authority that issued the certificate gave the responder one for this. */
    private static void checkDelegation(X509CertificateHolder signer, X509CertificateHolder issuer)
            throws Refusal, OperatorCreationException, CertException, GeneralSecurityException, IOException {
        boolean issued = signer.getIssuer().equals(issuer.getSubject())
                && AcceptedSignatures.contains(
                        signer.getSignatureAlgorithm().getAlgorithm().getId())
                && signer.isSignatureValid(new JcaContentVerifierProviderBuilder().build(issuer));
        if (!issued) {
            throw new Refusal("the OCSP responder's certificate is not by the certificate's own issuer");
        }
        ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(signer.getExtensions());
        KeyUsage usage = KeyUsage.fromExtensions(signer.getExtensions());
        if (purposes == null
                || !purposes.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning)
                || (usage != null && !usage.hasUsages(KeyUsage.digitalSignature))) {
            throw new Refusal("the OCSP responder's certificate is not for signing OCSP responses");
        }
        // Without it, the responder's own status would have to be asked: of whom?
        if (signer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) == null) {
            throw new Refusal("the OCSP responder's certificate lacks id-pkix-ocsp-nocheck");
        }
        PublicKey key = new JcaPEMKeyConverter().getPublicKey(signer.getSubjectPublicKeyInfo());
        if (SignatureMethod.forKey(key).isEmpty()) {
            throw new Refusal("the OCSP responder's key is of a kind or length that is not accepted");
        }
    }

    private static SingleResp single(BasicOCSPResp basic, Question question)
            throws Refusal, OCSPException, OperatorCreationException, CertificateEncodingException {
        X509CertificateHolder issuer = new JcaX509CertificateHolder(question.issuer());
        List<SingleResp> about = new ArrayList<>();
        for (SingleResp single : basic.getResponses()) {
            if (single.getCertID()
                            .getSerialNumber()
                            .equals(question.certificate().getSerialNumber())
                    && single.getCertID().matchesIssuer(issuer, digests())) {
                about.add(single);
            }
        }
        if (about.size() != 1) {
            throw new Refusal(
                    about.isEmpty()
                            ? "the OCSP response is about another certificate"
                            : "the OCSP response is about the certificate more than once");
        }
        return about.get(0);
    }

    private static OcspStatement inTime(SingleResp single, byte[] octets, Instant at, Duration clockSkew)
            throws Refusal {
        Instant thisUpdate = single.getThisUpdate().toInstant();
        // Without a next update nobody could tell an old statement from a new one.
        Date next = single.getNextUpdate();
        if (next == null) {
            throw new Refusal("the OCSP response does not say until when it may be relied on");
        }
        Instant nextUpdate = next.toInstant();
        if (thisUpdate.isAfter(at.plus(clockSkew))) {
            throw new Refusal("the OCSP response is of the future, " + thisUpdate);
        }
        if (!at.isBefore(nextUpdate)) {
            throw new Refusal("the OCSP response is out of date since " + nextUpdate);
        }
        CertificateStatus status = single.getCertStatus();
        RevocationEvidence evidence = RevocationEvidence.of(RevocationEvidence.Kind.OCSP, octets);
        if (Objects.equals(status, CertificateStatus.GOOD)) {
            return new OcspStatement(OcspStatement.Status.GOOD, thisUpdate, nextUpdate, null, evidence);
        }
        if (status instanceof RevokedStatus revoked) {
            Instant since = revoked.getRevocationTime().toInstant();
            return new OcspStatement(OcspStatement.Status.REVOKED, thisUpdate, nextUpdate, since, evidence);
        }
        if (status instanceof UnknownStatus) {
            return new OcspStatement(OcspStatement.Status.UNKNOWN, thisUpdate, nextUpdate, null, evidence);
        }
        throw new Refusal("the OCSP response states nothing that is known");
    }

    private static DigestCalculatorProvider digests() throws OperatorCreationException {
        return new JcaDigestCalculatorProviderBuilder().build();
    }

    /** A responder may be named by the SHA-1 of its key: a name, which proves nothing. */
    private static DigestCalculator sha1() throws OCSPException {
        try {
            return digests().get(RespID.HASH_SHA1);
        } catch (OperatorCreationException e) {
            throw new OCSPException("no SHA-1 to compare names by", e);
        }
    }
}
