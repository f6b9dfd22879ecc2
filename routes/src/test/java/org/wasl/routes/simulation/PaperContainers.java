package org.wasl.routes.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.container.DocumentVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.OpenResult;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.Registry;

/**
 * Containers without cryptography: their octets are a number, under which this table has header, payload and who signed.
 * Signing the same again gives other octets, as it does with ECDSA; who may be believed is the registry's say, as it is
 * outside. Digests leave out the payload's random salt, so that the same seed gives the same ids.
 */
final class PaperContainers implements ContainerSigner, ContainerVerifier {

    private static final byte[] MARK = "paper".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SALT = " salt=\"".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_CHARACTERS = 64;
    private static final long PRIME = 0x100000001b3L;
    private static final long OFFSET = 0xcbf29ce484222325L;

    private final Map<Long, Paper> papers = new HashMap<>();
    private long numbers;

    private record Paper(Container container, X509Certificate certificate, boolean genuine) {}

    @Override
    public Container sign(Header header, byte[] payload, SigningKey key) {
        if (!header.sender().member().equals(key.member())) {
            throw new IllegalArgumentException("the key is another member's");
        }
        return write(header, payload, key.certificate(), true);
    }

    /** What nobody signed: a copy of a genuine container whose payload was altered. */
    Container forge(Container genuine, X509Certificate certificate) {
        byte[] payload = genuine.payload().clone();
        payload[payload.length - 1]++;
        return write(genuine.header(), payload, certificate, false);
    }

    private Container write(Header header, byte[] payload, X509Certificate certificate, boolean genuine) {
        long number = ++numbers;
        byte[] octets = ByteBuffer.allocate(MARK.length + Long.BYTES)
                .put(MARK)
                .putLong(number)
                .array();
        Container container = new Container(octets, header, MARK, payload, digest(header), digest(payload));
        papers.put(number, new Paper(container, certificate, genuine));
        return container;
    }

    private static String digest(Header header) {
        long hash = OFFSET;
        for (Object field : List.of(
                header.messageId(),
                header.kind().name(),
                header.sender(),
                header.consumer(),
                header.service(),
                header.purpose(),
                header.issued(),
                header.expires(),
                header.correlationId())) {
            hash = (hash ^ field.hashCode()) * PRIME;
        }
        return digest(
                (hash ^ (header.inReplyTo() == null ? 0 : header.inReplyTo().hashCode())) * PRIME);
    }

    private static String digest(byte[] payload) {
        int salt = after(payload);
        long hash = OFFSET;
        for (int i = 0; i < payload.length; i++) {
            if (i == salt) {
                i += SALT_CHARACTERS;
            }
            hash = (hash ^ payload[i]) * PRIME;
        }
        return digest(hash);
    }

    /** Where the salt begins; before everything when there is none. */
    private static int after(byte[] payload) {
        for (int i = 0; i + SALT.length + SALT_CHARACTERS < payload.length; i++) {
            if (payload[i] == '>') {
                return -1;
            }
            if (payload[i] == SALT[0] && payload[i + 1] == SALT[1] && payload[i + 2] == SALT[2]) {
                return i + SALT.length;
            }
        }
        return -1;
    }

    private static String digest(long hash) {
        String hex = HexFormat.of().toHexDigits(hash ^ (hash >>> 29));
        return hex + hex + hex + hex;
    }

    private Optional<Paper> find(byte[] octets) {
        if (octets.length != MARK.length + Long.BYTES || octets[0] != MARK[0]) {
            return Optional.empty();
        }
        return Optional.ofNullable(papers.get(ByteBuffer.wrap(octets).getLong(MARK.length)));
    }

    @Override
    public ContainerVerdict verify(byte[] octets, Registry registry, Instant at) {
        Optional<Paper> found = find(octets);
        if (found.isEmpty()) {
            return new ContainerVerdict.Refused(
                    new Fault(FaultCode.CONTAINER_NOT_ZIP, Stage.OPEN, "", "no container"), Optional.empty());
        }
        Container container = found.get().container();
        Header header = container.header();
        MemberId sender = header.sender().member();
        Optional<Fault> refusal = found.get().genuine()
                ? refusal(sender, found.get().certificate(), registry, at)
                : Optional.of(new Fault(
                        FaultCode.SIGNATURE_PAYLOAD_ALTERED, Stage.VERIFY, sender.toString(), "not what was signed"));
        return refusal.<ContainerVerdict>map(fault -> new ContainerVerdict.Refused(fault, Optional.of(header)))
                .orElseGet(() ->
                        new ContainerVerdict.Genuine(container, found.get().certificate(), List.of()));
    }

    @Override
    public OpenResult open(byte[] octets) {
        return find(octets)
                .<OpenResult>map(paper -> new OpenResult.Opened(paper.container()))
                .orElseGet(() -> new OpenResult.Refused(
                        new Fault(FaultCode.CONTAINER_NOT_ZIP, Stage.OPEN, "", "no container"), Optional.empty()));
    }

    Optional<Container> container(byte[] octets) {
        return find(octets).map(Paper::container);
    }

    @Override
    public Optional<Fault> refusal(SigningKey key, Registry registry, Instant at) {
        return refusal(key.member(), key.certificate(), registry, at);
    }

    private static Optional<Fault> refusal(
            MemberId member, X509Certificate certificate, Registry registry, Instant at) {
        boolean relied = registry.member(member).stream()
                .flatMap(one -> one.certificates().stream())
                .anyMatch(registered -> registered.certificate().equals(certificate)
                        && (registered.compromisedFrom() == null
                                || at.isBefore(Objects.requireNonNull(registered.compromisedFrom()))));
        return relied
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultCode.CERTIFICATE_REVOKED,
                        Stage.VERIFY,
                        member.toString(),
                        "the registry does not rely on this certificate"));
    }

    @Override
    public DocumentVerifier documents() {
        return Federation.DOCUMENTS;
    }
}
