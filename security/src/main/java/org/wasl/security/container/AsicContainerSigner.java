package org.wasl.security.container;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.SignatureMethod;
import org.wasl.security.keys.SigningKey;

/**
 * Writes ASiC-E containers with XAdES baseline B by template: no document is built and nothing is canonicalised, and
 * the octets are a function of header, payload, certificate and signature value alone. Stateless, safe for many threads.
 */
public final class AsicContainerSigner implements ContainerSigner {

    private static final byte[] NOTHING = {};

    private final ContainerLimits limits;
    private final CryptoProvider crypto;

    /** A signer with the standard limits. */
    public AsicContainerSigner() {
        this(ContainerLimits.standard());
    }

    /**
     * @param limits the most that it will write; the same as the receivers' or lower
     */
    public AsicContainerSigner(ContainerLimits limits) {
        this.limits = limits;
        this.crypto = CryptoProvider.chosen();
    }

    /**
     * Writes one container. The header's instants are cut to milliseconds, as the format carries them; the container's
     * header is the one that was written.
     *
     * @throws IllegalArgumentException when the key is another member's, the header would be refused by a verifier, or
     *     the payload is larger than the limits
     * @throws org.wasl.security.keys.KeyUnavailableException when the key cannot be used now
     */
    @Override
    public Container sign(Header given, byte[] payload, SigningKey key) {
        return sign(given, payload, crypto.sha256(payload), key);
    }

    /** The same for a payload of which only the digest counts: the container is a card, its document elsewhere. */
    Container card(Header given, byte[] documentDigest, SigningKey key) {
        return sign(given, NOTHING, documentDigest, key);
    }

    private Container sign(Header given, byte[] payload, byte[] payloadDigest, SigningKey key) {
        Header header = inMilliseconds(given);
        check(header, payload, key);
        SignatureMethod method = SignatureMethod.byUri(key.algorithm())
                .filter(m -> m.takes(key.certificate().getPublicKey()))
                .orElseThrow(() -> new IllegalArgumentException("the key's algorithm may not sign messages"));

        byte[] headerOctets = HeaderXml.write(header);
        byte[] headerDigest = crypto.sha256(headerOctets);
        CertificateText certificate = CertificateText.of(key.certificate());
        Base64.Encoder base64 = Base64.getEncoder();
        SignatureTemplate template = SignatureTemplate.of(method, header.payloadMediaType());
        byte[] properties = template.signedProperties(
                TemplateText.instant(header.issued()).getBytes(StandardCharsets.US_ASCII), certificate.digest());
        byte[] signedInfo = template.signedInfo(
                base64.encode(headerDigest), base64.encode(payloadDigest), base64.encode(crypto.sha256(properties)));
        byte[] value = method.wellFormed(key.sign(signedInfo));
        byte[] signatures = template.document(signedInfo, base64.encode(value), certificate.base64(), properties);

        String payloadName = EntryNames.payloadFor(header.payloadMediaType());
        byte[] octets = StoredZip.write(List.of(
                new StoredZip.Entry(
                        EntryNames.MIMETYPE, EntryNames.CONTAINER_MEDIA_TYPE.getBytes(StandardCharsets.US_ASCII)),
                new StoredZip.Entry(EntryNames.MANIFEST, ManifestXml.write(payloadName, header.payloadMediaType())),
                new StoredZip.Entry(EntryNames.HEADER, headerOctets),
                new StoredZip.Entry(payloadName, payload),
                new StoredZip.Entry(EntryNames.SIGNATURES, signatures)));
        HexFormat hex = HexFormat.of();
        return new Container(
                octets, header, headerOctets, payload, hex.formatHex(headerDigest), hex.formatHex(payloadDigest));
    }

    private void check(Header header, byte[] payload, SigningKey key) {
        if (!key.member().equals(header.sender().member())) {
            throw new IllegalArgumentException("the key of " + key.member() + " cannot sign for "
                    + header.sender().member());
        }
        HeaderRules.broken(header).ifPresent(broken -> {
            throw new IllegalArgumentException("the header would be refused: " + broken);
        });
        if (payload.length > limits.maxPayloadBytes()) {
            throw new IllegalArgumentException(
                    "the payload has " + payload.length + " octets, more than " + limits.maxPayloadBytes());
        }
    }

    static Header inMilliseconds(Header header) {
        return header.at(
                header.issued().truncatedTo(ChronoUnit.MILLIS), header.expires().truncatedTo(ChronoUnit.MILLIS));
    }
}
