package org.wasl.security.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.TestAuthority;
import org.wasl.security.keys.DecryptionKey;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.Pkcs12DecryptionKey;

/** Two members and a stranger with encryption keys, and a message from one member to the other. */
public final class EncryptionWorld {

    static final MemberId SENDER = TestAuthority.DVLD;
    static final MemberId RECEIVER = TestAuthority.CSPD;
    static final String BINDING = "JO/GOV/DVLD/licensing 5b9c0c1e-9f0d-4a38-8f0a-6a6c8a0f2f11";
    static final byte[] PLAIN = ("<env:payload xmlns:env=\"urn:wasl:envelope:1\" salt=\"" + "0f".repeat(32)
                    + "\"><env:query>"
                    + "<env:parameter name=\"nationalNumber\">9990045842</env:parameter></env:query></env:payload>")
            .getBytes(StandardCharsets.UTF_8);

    final KeyEntry sender;
    final KeyEntry receiver;
    final KeyEntry stranger;
    final PayloadCipher cipher = new PayloadCipher();

    public EncryptionWorld() throws GeneralSecurityException {
        TestAuthority authority = new TestAuthority("encryption-ca");
        sender = authority.issue(CertificateProfile.ENCRYPTION, SENDER, Duration.ofDays(30));
        receiver = authority.issue(CertificateProfile.ENCRYPTION, RECEIVER, Duration.ofDays(30));
        stranger = authority.issue(CertificateProfile.ENCRYPTION, MemberId.parse("JO/GOV/PTAX"), Duration.ofDays(30));
    }

    List<X509Certificate> both() {
        return List.of(receiver.certificate(), sender.certificate());
    }

    /** The message as its sender encrypts it. */
    public String encrypted() {
        return new String(cipher.encrypt(PLAIN, both(), BINDING), StandardCharsets.UTF_8);
    }

    /** What the receiver makes of a document. */
    public Decryption received(byte[] document) {
        return cipher.decrypt(document, keys(receiver), BINDING);
    }

    /** Whether these octets are the message's. */
    public static boolean isPlain(byte[] octets) {
        return Arrays.equals(octets, PLAIN);
    }

    Decryption decrypt(String document, KeyEntry... readers) {
        return cipher.decrypt(document.getBytes(StandardCharsets.UTF_8), keys(readers), BINDING);
    }

    static Function<String, Optional<DecryptionKey>> keys(KeyEntry... readers) {
        Map<String, DecryptionKey> keys = Arrays.stream(readers)
                .collect(Collectors.toMap(KeyEntry::certificateDigest, EncryptionWorld::decryptionKey));
        return digest -> Optional.ofNullable(keys.get(digest));
    }

    private static DecryptionKey decryptionKey(KeyEntry entry) {
        try {
            return Pkcs12DecryptionKey.of(RECEIVER, entry);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
