package org.wasl.security.timestamp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.tsp.GenTimeAccuracy;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.certificate.AcceptedSignatures;
import org.wasl.security.certificate.RecordedRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.certificate.RevocationSource;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Reliance;

/**
 * Judges time-stamp tokens (RFC 3161): that they are about these octets, that their signature holds, and that the
 * registry trusts who made it for time-stamps at that instant. Safe for many threads.
 */
public final class TimeStampVerifier {

    /** The most octets of a token that is read. */
    public static final int MAX_OCTETS = 128 * 1024;

    private static final Set<String> DIGESTS = Set.of(
            NISTObjectIdentifiers.id_sha256.getId(),
            NISTObjectIdentifiers.id_sha384.getId(),
            NISTObjectIdentifiers.id_sha512.getId());
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

    private final CertificatePath path;

    /** @param path judges certificates, and asks for their status */
    public TimeStampVerifier(CertificatePath path) {
        this.path = path;
    }

    /** A verifier that asks nobody: what status there is comes with the tokens. */
    public static TimeStampVerifier offline() {
        return new TimeStampVerifier(new CertificatePath(new RecordedRevocation(List.of())));
    }

    /**
     * What this token shows about these octets, by the status that came with it; by that of now when it came with none.
     *
     * @param token DER
     * @param octets what it should be about; their SHA-256 is in it
     * @param registry says whom to trust for time-stamps
     */
    public TimeStampVerdict verify(byte[] token, byte[] octets, Registry registry) {
        return verify(token, octets, registry, true);
    }

    /** What this token shows by the status of its certificate now, whatever came with it. */
    TimeStampVerdict verifyNow(byte[] token, byte[] octets, Registry registry) {
        return verify(token, octets, registry, false);
    }

    private TimeStampVerdict verify(byte[] token, byte[] octets, Registry registry, boolean asOfThen) {
        try {
            Read read = read(token);
            Optional<TimeStampVerdict> other = about(read.token(), octets);
            if (other.isPresent()) {
                return other.get();
            }
            List<RevocationEvidence> recorded = asOfThen ? StatusInToken.in(read.signer()) : List.of();
            return judged(read, registry, recorded.isEmpty() ? null : new RecordedRevocation(recorded));
        } catch (IOException | CMSException | TSPException e) {
            return refused(TimeStampVerdict.Reason.MALFORMED, "it is no time-stamp token: " + e.getMessage());
        } catch (RuntimeException e) {
            // BouncyCastle reports malformed ASN.1 that it meets late by unchecked exceptions of many kinds.
            // Whatever it is, such octets show nothing.
            return refused(TimeStampVerdict.Reason.MALFORMED, "it is no time-stamp token");
        }
    }

    private record Read(TimeStampToken token, SignerInformation signer) {}

    private static Read read(byte[] octets) throws IOException, CMSException, TSPException {
        if (octets.length == 0 || octets.length > MAX_OCTETS) {
            throw new IOException("it has 1 to " + MAX_OCTETS + " octets");
        }
        // Exactly one value: what trails it would be nobody's.
        ContentInfo content = ContentInfo.getInstance(ASN1Primitive.fromByteArray(octets));
        TimeStampToken token = new TimeStampToken(new CMSSignedData(content));
        Collection<SignerInformation> signers =
                token.toCMSSignedData().getSignerInfos().getSigners();
        return new Read(token, signers.iterator().next());
    }

    private static Optional<TimeStampVerdict> about(TimeStampToken token, byte[] octets) {
        boolean same = token.getTimeStampInfo().getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)
                && MessageDigest.isEqual(
                        token.getTimeStampInfo().getMessageImprintDigest(),
                        CryptoProvider.chosen().sha256(octets));
        return same
                ? Optional.empty()
                : Optional.of(refused(TimeStampVerdict.Reason.OTHER_OCTETS, "it is about other octets"));
    }

    private TimeStampVerdict judged(Read read, Registry registry, @Nullable RevocationSource source) {
        TimeStampToken token = read.token();
        Optional<X509Certificate> certificate;
        try {
            certificate = certificate(token);
        } catch (GeneralSecurityException e) {
            return refused(TimeStampVerdict.Reason.SIGNATURE, "its certificate cannot be read");
        }
        if (certificate.isEmpty()) {
            return refused(TimeStampVerdict.Reason.SIGNATURE, "its certificate is not in it");
        }
        Optional<TimeStampVerdict> unsigned = signature(token, read.signer(), certificate.get());
        if (unsigned.isPresent()) {
            return unsigned.get();
        }
        Instant at = token.getTimeStampInfo().getGenTime().toInstant();
        Reliance reliance = source == null
                ? path.timeStamps(registry, certificate.get(), at)
                : path.timeStamps(registry, certificate.get(), at, source);
        if (reliance instanceof Reliance.Refused refused) {
            return refused(reason(refused.fault()), refused.fault().detail());
        }
        return new TimeStampVerdict.Proven(
                at,
                accuracy(token.getTimeStampInfo().getGenTimeAccuracy()),
                certificate.get(),
                ((Reliance.Relied) reliance).evidence());
    }

    private static Optional<X509Certificate> certificate(TimeStampToken token) throws GeneralSecurityException {
        // BouncyCastle's stores know nothing of types.
        @SuppressWarnings("unchecked")
        Collection<X509CertificateHolder> found = token.getCertificates().getMatches(token.getSID());
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new JcaX509CertificateConverter()
                        .getCertificate(found.iterator().next()));
    }

    private static Optional<TimeStampVerdict> signature(
            TimeStampToken token, SignerInformation signer, X509Certificate certificate) {
        String algorithm = signer.getEncryptionAlgOID();
        if (!DIGESTS.contains(signer.getDigestAlgOID())
                || !(AcceptedSignatures.contains(algorithm) || algorithm.equals(RSA))
                || SignatureMethod.forKey(certificate.getPublicKey()).isEmpty()) {
            return Optional.of(refused(
                    TimeStampVerdict.Reason.SIGNATURE, "it is signed by an algorithm or key that is not accepted"));
        }
        // RFC 3161, 2.3: the one purpose, and critical; which purpose it is, the path asks.
        if (certificate.getCriticalExtensionOIDs() == null
                || !certificate.getCriticalExtensionOIDs().contains(EXTENDED_KEY_USAGE)) {
            return Optional.of(refused(
                    TimeStampVerdict.Reason.UNTRUSTED, "its certificate is not for time-stamps and nothing else"));
        }
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(certificate));
            return Optional.empty();
        } catch (TSPException | OperatorCreationException | RuntimeOperatorException e) {
            // Unchecked when what stands for a signature is no DER.
            return Optional.of(
                    refused(TimeStampVerdict.Reason.SIGNATURE, "its signature does not hold: " + e.getMessage()));
        }
    }

    private static TimeStampVerdict.Reason reason(Fault fault) {
        return fault.code() == FaultCode.CERTIFICATE_REVOKED || fault.code() == FaultCode.CERTIFICATE_STATUS_UNKNOWN
                ? TimeStampVerdict.Reason.STATUS
                : TimeStampVerdict.Reason.UNTRUSTED;
    }

    private static Duration accuracy(@Nullable GenTimeAccuracy accuracy) {
        return accuracy == null
                ? Duration.ZERO
                : Duration.ofSeconds(accuracy.getSeconds())
                        .plusMillis(accuracy.getMillis())
                        .plus(Duration.ofNanos(accuracy.getMicros() * 1_000L));
    }

    private static TimeStampVerdict refused(TimeStampVerdict.Reason reason, String detail) {
        return new TimeStampVerdict.Refused(reason, detail);
    }
}
