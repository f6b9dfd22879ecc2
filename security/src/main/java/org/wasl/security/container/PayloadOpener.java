package org.wasl.security.container;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.encryption.Decryption;
import org.wasl.security.encryption.PayloadCipher;
import org.wasl.security.keys.DecryptionKey;
import org.wasl.security.keys.MemberKeys;

/**
 * The way from a container to its payload in plain: what is encrypted is decrypted with the keys at hand, and must be what
 * the signed header says it is. What is not encrypted is given as it is. Expected refusals are values. Safe for many
 * threads.
 */
public final class PayloadOpener {

    private final PayloadCipher cipher = new PayloadCipher();
    private final CryptoProvider crypto = CryptoProvider.chosen();
    private final Function<String, Optional<DecryptionKey>> keys;

    /**
     * An opener with the keys of the members that a node speaks for.
     *
     * @param keys the node's keys
     */
    public PayloadOpener(MemberKeys keys) {
        this(keys::decryptionKey);
    }

    /**
     * An opener with whatever keys are at hand.
     *
     * @param keys the key for a certificate's digest (SHA-256, lower-case hexadecimal), when there is one
     */
    public PayloadOpener(Function<String, Optional<DecryptionKey>> keys) {
        this.keys = keys;
    }

    /** An opener that has no keys: only plain payloads open. */
    public static PayloadOpener keyless() {
        return new PayloadOpener(digest -> Optional.empty());
    }

    /** The digests of the certificates to which a container's payload is encrypted, by its own word; none when it is not. */
    public List<String> recipients(Container container) {
        return container.header().isEncrypted() ? cipher.recipients(container.payload()) : List.of();
    }

    /** The payload, if any of the members at hand is among its recipients. */
    public PlainPayload open(Container container) {
        return open(container, keys);
    }

    /** The payload, if this member is among its recipients, whoever else is at hand. */
    public PlainPayload open(Container container, MemberId reader) {
        return open(container, digest -> keys.apply(digest)
                .filter(key -> key.member().equals(reader)));
    }

    private PlainPayload open(Container container, Function<String, Optional<DecryptionKey>> usable) {
        Header header = container.header();
        if (!header.isEncrypted()) {
            return new PlainPayload.Opened(container.payload());
        }
        Decryption decryption = cipher.decrypt(container.payload(), usable, PayloadSealer.binding(header));
        if (decryption instanceof Decryption.Refused refused) {
            return refused(header, refused.code(), refused.detail());
        }
        byte[] plain = ((Decryption.Plain) decryption).octets();
        if (!crypto.sha256Hex(plain).equals(header.plainPayloadDigest())) {
            return refused(header, FaultCode.ENCRYPTION_DIGEST, "the decrypted payload is not what the header states");
        }
        return new PlainPayload.Opened(plain);
    }

    private static PlainPayload refused(Header header, FaultCode code, String detail) {
        return new PlainPayload.Refused(
                new Fault(code, Stage.OPEN, header.sender().member().toString(), detail));
    }
}
