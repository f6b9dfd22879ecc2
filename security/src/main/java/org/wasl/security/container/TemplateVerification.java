package org.wasl.security.container;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.certificate.RevocationSource;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.registry.Registry;

/**
 * The short way of opening and verifying: for containers whose every octet, but for what varies, is the template's. Their
 * signature's text is known to be canonical, so nothing is parsed and nothing canonicalised, and the value is verified
 * over the very octets that were read.
 *
 * <p>It decides about messages that are whole: they are genuine, or their certificate may not be relied on. About
 * everything else it says nothing: the long way decides, and says why. What it decides the long way decides too, with the
 * same result; tests hold both against each other.
 */
final class TemplateVerification {

    private static final List<String> NAMES = EntryNames.inOrder(EntryNames.PAYLOAD_XML);
    private static final byte[] MIMETYPE = EntryNames.CONTAINER_MEDIA_TYPE.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MANIFEST = ManifestXml.write(EntryNames.PAYLOAD_XML, EntryNames.XML_MEDIA_TYPE);

    private final ContainerLimits limits;
    private final CryptoProvider crypto;
    private final CertificateTrust trust;

    TemplateVerification(ContainerLimits limits, CryptoProvider crypto, CertificateTrust trust) {
        this.limits = limits;
        this.crypto = crypto;
        this.trust = trust;
    }

    /** A container as read, its digests, and its signature. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Read(
            Container container, byte[] headerDigest, byte[] payloadDigest, SignatureTemplate.Filled signature) {}

    /** The parts of a container, of which nothing is verified; empty when the template did not write them. */
    Optional<Container> open(byte[] octets) {
        try {
            Read read = read(octets);
            return isOpenable(read.signature()) ? Optional.of(read.container()) : Optional.empty();
        } catch (NotByTemplate e) {
            return Optional.empty();
        }
    }

    /** What the long way asks of a signature before it asks who signed. */
    private static boolean isOpenable(SignatureTemplate.Filled signature) throws NotByTemplate {
        onlyEncoding(signature.value());
        onlyEncoding(signature.certificate());
        return isDigest(signature.headerDigest())
                && isDigest(signature.payloadDigest())
                && isDigest(signature.propertiesDigest())
                && isDigest(signature.certificateDigest());
    }

    /**
     * The verdict on a container that is whole; empty when the template did not write it, or something was altered.
     *
     * @param asOfThen where the status of certificates comes from; empty: from where it comes now
     */
    Optional<ContainerVerdict> verify(
            byte[] octets, Registry registry, Instant at, Optional<RevocationSource> asOfThen) {
        try {
            Read read = read(octets);
            return digestsMatch(read) ? verify(read, registry, at, asOfThen) : Optional.empty();
        } catch (NotByTemplate e) {
            return Optional.empty();
        }
    }

    private Optional<ContainerVerdict> verify(
            Read read, Registry registry, Instant at, Optional<RevocationSource> asOfThen) throws NotByTemplate {
        Header header = read.container().header();
        MemberId sender = header.sender().member();
        CertificateTrust.Relied relied;
        try {
            relied = trust.messageCertificate(decoded(read.signature().certificate()), registry, sender, at, asOfThen);
        } catch (Refusal e) {
            // The long way would ask just the same, and wait again for a responder that does not answer.
            Fault fault = new Fault(e.code(), e.stage(), sender.toString(), e.detail());
            return isOpenable(read.signature())
                    ? Optional.of(new ContainerVerdict.Refused(fault, Optional.of(header)))
                    : Optional.empty();
        }
        return isSigned(read, relied)
                ? Optional.of(new ContainerVerdict.Genuine(read.container(), relied.certificate(), relied.evidence()))
                : Optional.empty();
    }

    private Read read(byte[] octets) throws NotByTemplate {
        if (octets.length > limits.maxContainerBytes()) {
            throw new NotByTemplate();
        }
        List<StoredZip.Entry> entries = StoredZip.readWritten(octets, NAMES);
        byte[] headerOctets = entries.get(2).octets();
        byte[] payload = entries.get(3).octets();
        byte[] signatures = entries.get(4).octets();
        if (headerOctets.length > limits.maxHeaderBytes()
                || entries.get(1).octets().length > limits.maxHeaderBytes()
                || MIMETYPE.length > limits.maxHeaderBytes()
                || payload.length > limits.maxPayloadBytes()
                || signatures.length > limits.maxSignatureBytes()
                || !Arrays.equals(entries.get(0).octets(), MIMETYPE)) {
            throw new NotByTemplate();
        }
        Header header = HeaderTemplate.read(headerOctets);
        String mediaType = header.payloadMediaType();
        if (!EntryNames.payloadFor(mediaType).equals(EntryNames.PAYLOAD_XML)
                || !Arrays.equals(entries.get(1).octets(), manifest(mediaType))) {
            throw new NotByTemplate();
        }
        SignatureTemplate.Filled signature = SignatureTemplate.read(signatures, mediaType);
        byte[] headerDigest = crypto.sha256(headerOctets);
        byte[] payloadDigest = crypto.sha256(payload);
        HexFormat hex = HexFormat.of();
        Container container = new Container(
                octets, header, headerOctets, payload, hex.formatHex(headerDigest), hex.formatHex(payloadDigest));
        return new Read(container, headerDigest, payloadDigest, signature);
    }

    private static byte[] manifest(String mediaType) {
        return mediaType.equals(EntryNames.XML_MEDIA_TYPE)
                ? MANIFEST
                : ManifestXml.write(EntryNames.PAYLOAD_XML, mediaType);
    }

    /** Digests are compared as the text that stands in the signature, of which each has one only. */
    private boolean digestsMatch(Read read) {
        SignatureTemplate.Filled signature = read.signature();
        Base64.Encoder base64 = Base64.getEncoder();
        return MessageDigest.isEqual(base64.encode(read.headerDigest()), signature.headerDigest())
                && MessageDigest.isEqual(base64.encode(read.payloadDigest()), signature.payloadDigest())
                && MessageDigest.isEqual(
                        base64.encode(crypto.sha256(signature.signedProperties())), signature.propertiesDigest());
    }

    private boolean isSigned(Read read, CertificateTrust.Relied relied) throws NotByTemplate {
        SignatureTemplate.Filled signature = read.signature();
        PublicKey registered = relied.certificate().getPublicKey();
        CertificateText certificate = CertificateText.of(relied.certificate());
        byte[] value = onlyEncoding(signature.value());
        return signature.method().takes(registered)
                && Arrays.equals(certificate.base64(), signature.certificate())
                && MessageDigest.isEqual(certificate.digest(), signature.certificateDigest())
                && signature
                        .signingTime()
                        .equals(TemplateText.instant(read.container().header().issued()))
                && signature.method().isWellFormed(value, registered)
                && isSigned(signature, value, certificate.key());
    }

    private boolean isSigned(SignatureTemplate.Filled signature, byte[] value, PublicKey key) {
        try {
            Signature verification = crypto.signature(signature.method().jcaName());
            verification.initVerify(key);
            verification.update(signature.signedInfo());
            return verification.verify(value);
        } catch (GeneralSecurityException e) {
            // A value or key that cannot even be computed with: the long way says what is wrong.
            return false;
        }
    }

    private static boolean isDigest(byte[] base64) throws NotByTemplate {
        return onlyEncoding(base64).length == 32;
    }

    /** What Base64 says, if this is the one way to write it. */
    private static byte[] onlyEncoding(byte[] base64) throws NotByTemplate {
        byte[] octets = decoded(base64);
        if (!Arrays.equals(Base64.getEncoder().encode(octets), base64)) {
            throw new NotByTemplate();
        }
        return octets;
    }

    private static byte[] decoded(byte[] base64) throws NotByTemplate {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new NotByTemplate();
        }
    }
}
