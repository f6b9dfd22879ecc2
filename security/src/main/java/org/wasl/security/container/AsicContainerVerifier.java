package org.wasl.security.container;

import static org.wasl.schemas.fault.FaultCode.SIGNATURE_ALGORITHM;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_HEADER_ALTERED;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_INVALID;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_PAYLOAD_ALTERED;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_PROPERTIES_ALTERED;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;

import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.certificate.RevocationSource;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;

/**
 * Opens and verifies ASiC-E containers: bounds on octets, strict zip, hardened parse, one structure and one list of
 * algorithms, the registry's certificate, our own comparison of digests (so that a fault says what was altered), and
 * last Santuario's core validation, which must agree.
 *
 * <p>What the template of {@link AsicContainerSigner} wrote takes a shorter way to the same verdict; see {@link Way}.
 *
 * <p>Everything in a container that is not signed is determined by what is: zip fields, manifest, the signature's
 * text, even the half in which ECDSA's s lies. So a genuine container cannot be turned into different octets that are
 * genuine too, except by the signer signing again. A message's identity is nevertheless its sender and message id,
 * never the container's hash.
 *
 * <p>Stateless, safe for many threads; make one and share it.
 */
public final class AsicContainerVerifier implements ContainerVerifier {

    private final SchemaCatalogue schemas;
    private final ContainerLimits limits;
    private final CryptoProvider crypto;
    private final CertificateTrust trust;
    private final Way way;
    private final TemplateVerification template;

    /** How containers are verified. Verdicts are the same, octet for octet and fault for fault. */
    public enum Way {
        /** What the template wrote is compared with the template; everything else is read in full. */
        SHORT,
        /** Everything is read in full, canonicalised and judged by Santuario too. */
        FULL
    }

    /**
     * A verifier with the standard limits.
     *
     * @param schemas the shared schemas
     * @param path decides which of the registry's certificates may be relied on
     */
    public AsicContainerVerifier(SchemaCatalogue schemas, CertificatePath path) {
        this(schemas, path, ContainerLimits.standard());
    }

    /**
     * @param schemas the shared schemas
     * @param path decides which of the registry's certificates may be relied on
     * @param limits how large what comes in may be
     */
    public AsicContainerVerifier(SchemaCatalogue schemas, CertificatePath path, ContainerLimits limits) {
        this(schemas, path, limits, Way.SHORT);
    }

    /**
     * @param schemas the shared schemas
     * @param path decides which of the registry's certificates may be relied on
     * @param limits how large what comes in may be
     * @param way whether what the template wrote may take the short way
     */
    public AsicContainerVerifier(SchemaCatalogue schemas, CertificatePath path, ContainerLimits limits, Way way) {
        this.schemas = schemas;
        this.limits = limits;
        this.crypto = CryptoProvider.chosen();
        this.trust = new CertificateTrust(path);
        this.way = way;
        this.template = new TemplateVerification(limits, crypto, trust);
    }

    @Override
    public ContainerVerdict verify(byte[] octets, Registry registry, Instant at) {
        return verify(octets, registry, at, Optional.empty());
    }

    /**
     * Verifies one container by another source of status: by the evidence that was recorded with it, for judging it as
     * of then.
     *
     * @param asOfThen where the status of certificates comes from instead
     */
    public ContainerVerdict verify(byte[] octets, Registry registry, Instant at, RevocationSource asOfThen) {
        return verify(octets, registry, at, Optional.of(asOfThen));
    }

    private ContainerVerdict verify(byte[] octets, Registry registry, Instant at, Optional<RevocationSource> asOfThen) {
        if (way == Way.SHORT) {
            Optional<ContainerVerdict> verdict = template.verify(octets, registry, at, asOfThen);
            if (verdict.isPresent()) {
                return verdict.get();
            }
        }
        ContainerOpening opening = opening();
        try {
            OpenContainer open = opening.open(octets);
            CertificateTrust.Relied relied = verify(open, registry, at, asOfThen);
            return new ContainerVerdict.Genuine(open.container(), relied.certificate(), relied.evidence());
        } catch (Refusal refusal) {
            return new ContainerVerdict.Refused(opening.fault(refusal), Optional.ofNullable(opening.header()));
        }
    }

    @Override
    public Optional<Fault> refusal(SigningKey key, Registry registry, Instant at) {
        return trust.refusal(registry, key.member(), key.certificate(), at);
    }

    @Override
    public OpenResult open(byte[] octets) {
        if (way == Way.SHORT) {
            Optional<Container> container = template.open(octets);
            if (container.isPresent()) {
                return new OpenResult.Opened(container.get());
            }
        }
        ContainerOpening opening = opening();
        try {
            OpenContainer open = opening.open(octets);
            open.checkDamage();
            return new OpenResult.Opened(open.container());
        } catch (Refusal refusal) {
            return new OpenResult.Refused(opening.fault(refusal), Optional.ofNullable(opening.header()));
        }
    }

    @Override
    public DocumentVerifier documents() {
        return new DocumentVerifier(this);
    }

    ContainerOpening opening() {
        return new ContainerOpening(schemas, limits, crypto);
    }

    ContainerLimits limits() {
        return limits;
    }

    /** Judges what was opened; of a document's container the payload's digest alone is at hand. */
    CertificateTrust.Relied verify(
            OpenContainer open, Registry registry, Instant at, Optional<RevocationSource> asOfThen) throws Refusal {
        SignatureStructure.Read signature = open.signature();
        Header header = open.container().header();
        CertificateTrust.Relied relied = trust.messageCertificate(
                signature.certificate(), registry, header.sender().member(), at, asOfThen);
        PublicKey key = relied.certificate().getPublicKey();
        if (!signature.method().takes(key)) {
            throw Refusal.verifying(
                    SIGNATURE_ALGORITHM, "the certificate's key is not of the signature's type or strength");
        }
        checkDigests(open);
        open.checkDamage();
        if (!MessageDigest.isEqual(crypto.sha256(signature.certificate()), signature.certificateDigest())) {
            throw Refusal.verifying(SIGNATURE_STRUCTURE, "the signed properties name another certificate");
        }
        if (!signature.variables().signingTime().equals(TemplateText.instant(header.issued()))) {
            throw Refusal.verifying(SIGNATURE_STRUCTURE, "the signing time is not when the header was issued");
        }
        if (!signature.method().isWellFormed(signature.value(), key)) {
            throw Refusal.verifying(SIGNATURE_INVALID, "the signature value does not have its one form");
        }
        if (!SantuarioVerification.verifies(open, key, crypto)) {
            throw Refusal.verifying(SIGNATURE_INVALID, "the signature value is wrong");
        }
        return relied;
    }

    private void checkDigests(OpenContainer open) throws Refusal {
        SignatureStructure.Read signature = open.signature();
        HexFormat hex = HexFormat.of();
        if (!hex.formatHex(signature.headerDigest()).equals(open.container().headerDigest())) {
            throw Refusal.verifying(SIGNATURE_HEADER_ALTERED, "header.xml is not what was signed");
        }
        if (!hex.formatHex(signature.payloadDigest()).equals(open.container().payloadDigest())) {
            throw Refusal.verifying(SIGNATURE_PAYLOAD_ALTERED, open.payloadName() + " is not what was signed");
        }
        if (!MessageDigest.isEqual(signature.propertiesDigest(), crypto.sha256(signature.propertiesOctets()))) {
            throw Refusal.verifying(SIGNATURE_PROPERTIES_ALTERED, "the signed properties are not what was signed");
        }
    }
}
