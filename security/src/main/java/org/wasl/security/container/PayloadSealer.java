package org.wasl.security.container;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.crypto.P256;
import org.wasl.security.encryption.PayloadCipher;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;

/**
 * Encrypts payloads before they are signed: to the member that receives the message and to the one that sends it, so that
 * each can read its own log, and to nobody else. While a member goes over from one key to the next, to both. Safe for many
 * threads.
 */
public final class PayloadSealer {

    /** A member's key of today, and the one it takes over from. */
    private static final int CERTIFICATES_EACH = 2;

    private final PayloadCipher cipher = new PayloadCipher();
    private final CryptoProvider crypto = CryptoProvider.chosen();
    private final CertificatePath path;

    /**
     * @param path decides which of the registry's certificates may be relied on
     */
    public PayloadSealer(CertificatePath path) {
        this.path = path;
    }

    /** What ciphertext is bound to: a message has one sender, and one id from it. */
    static String binding(Header header) {
        return header.sender() + " " + header.messageId();
    }

    /**
     * Encrypts a payload.
     *
     * @param header the header of the message in plain
     * @param payload {@code payload.xml}, with its salt
     * @param registry the registry in force: whose certificates are encrypted to
     * @param at when those must be valid
     */
    public Sealing seal(Header header, byte[] payload, Registry registry, Instant at) {
        if (payload.length > PayloadCipher.MAX_PLAIN_OCTETS) {
            String detail = "more than " + PayloadCipher.MAX_PLAIN_OCTETS + " octets cannot be encrypted";
            return refused(FaultCode.ENCRYPTION_OVERSIZED, header.sender().member(), detail);
        }
        List<X509Certificate> recipients = new ArrayList<>();
        for (MemberId member : readers(header)) {
            List<X509Certificate> usable = usable(registry, member, at);
            if (usable.isEmpty()) {
                return refused(
                        FaultCode.ENCRYPTION_RECIPIENT,
                        member,
                        "the registry holds no encryption certificate of " + member + " that is valid now");
            }
            recipients.addAll(usable);
        }
        Header sealed = header.encrypted(EntryNames.ENCRYPTED_MEDIA_TYPE, crypto.sha256Hex(payload));
        return new Sealing.Sealed(sealed, cipher.encrypt(payload, recipients, binding(sealed)));
    }

    private static Set<MemberId> readers(Header header) {
        Set<MemberId> readers = new LinkedHashSet<>();
        boolean asks = header.sender().equals(header.consumer());
        readers.add((asks ? header.provider() : header.consumer()).member());
        readers.add(header.sender().member());
        return readers;
    }

    private List<X509Certificate> usable(Registry registry, MemberId member, Instant at) {
        return registry.member(member).map(Member::certificates).orElse(List.of()).stream()
                .filter(registered -> registered.use() == CertificateUse.ENCRYPTION)
                .sorted(Comparator.comparing(RegisteredCertificate::validFrom).reversed())
                .map(RegisteredCertificate::certificate)
                .filter(certificate -> P256.isKey(certificate.getPublicKey()))
                .filter(certificate -> path.refusal(registry, member, CertificateUse.ENCRYPTION, certificate, at)
                        .isEmpty())
                .limit(CERTIFICATES_EACH)
                .toList();
    }

    private static Sealing refused(FaultCode code, MemberId leg, String detail) {
        return new Sealing.Refused(new Fault(code, Stage.SIGN, leg.toString(), detail));
    }
}
