package org.wasl.security.keys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.file.SecretFiles;

/**
 * The keys of a node's members from PKCS#12 files: {@code <directory>/<member code>/message.p12} signs,
 * {@code encryption.p12} beside it opens what is encrypted to the member now, and each {@code encryption-*.p12} what was
 * encrypted to an earlier certificate. A member without an encryption key can take no confidential message.
 */
public final class Pkcs12MemberKeys implements MemberKeys {

    private static final String FILE = "message.p12";
    private static final String ENCRYPTION_FILE = "encryption.p12";
    private static final String ENCRYPTION_FILES = "encryption*.p12";
    private static final int MAX_ENCRYPTION_KEYS = 256;

    private final Map<MemberId, SigningKey> keys;
    private final Map<String, DecryptionKey> decryptionKeys;

    private Pkcs12MemberKeys(Map<MemberId, SigningKey> keys, Map<String, DecryptionKey> decryptionKeys) {
        this.keys = Map.copyOf(keys);
        this.decryptionKeys = Map.copyOf(decryptionKeys);
    }

    /**
     * Loads the keys of these members.
     *
     * @param directory where the members' directories are
     * @param secrets where the files' passwords are, named as {@link #secretName} says
     * @throws IOException when a file or its password cannot be read
     * @throws GeneralSecurityException when a file does not hold one usable key
     */
    public static Pkcs12MemberKeys load(Path directory, SecretFiles secrets, Set<MemberId> members)
            throws IOException, GeneralSecurityException {
        Map<MemberId, SigningKey> keys = new TreeMap<>();
        Map<String, DecryptionKey> decryptionKeys = new HashMap<>();
        for (MemberId member : members) {
            Path file = file(directory, member);
            keys.put(member, Pkcs12SigningKey.load(member, file, secrets.read(secretName(member))));
            for (DecryptionKey key : decryptionKeys(directory, secrets, member)) {
                byte[] certificate = key.certificate().getEncoded();
                decryptionKeys.put(CryptoProvider.chosen().sha256Hex(certificate), key);
            }
        }
        return new Pkcs12MemberKeys(keys, decryptionKeys);
    }

    /**
     * The member's decryption keys, old ones too; none when it has none.
     *
     * @param directory where the members' directories are
     * @param secrets where the files' password is, named as {@link #encryptionSecretName} says
     * @throws IOException when a file or the password cannot be read
     * @throws GeneralSecurityException when a file does not hold one usable key, or there are unreasonably many
     */
    public static List<DecryptionKey> decryptionKeys(Path directory, SecretFiles secrets, MemberId member)
            throws IOException, GeneralSecurityException {
        Path own = directory.resolve(member.member());
        List<DecryptionKey> keys = new ArrayList<>();
        if (!Files.isDirectory(own)) {
            return keys;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(own, ENCRYPTION_FILES)) {
            for (Path file : files) {
                if (keys.size() == MAX_ENCRYPTION_KEYS) {
                    throw new GeneralSecurityException(own + " holds more than " + MAX_ENCRYPTION_KEYS + " keys");
                }
                keys.add(Pkcs12DecryptionKey.load(member, file, secrets.read(encryptionSecretName(member))));
            }
        }
        return keys;
    }

    /** Where the key is that opens what is encrypted to the member now. */
    public static Path encryptionFile(Path directory, MemberId member) {
        return directory.resolve(member.member()).resolve(ENCRYPTION_FILE);
    }

    /** The name of the secret that opens the member's encryption keys. */
    public static String encryptionSecretName(MemberId member) {
        return "encryption-" + member.dotted();
    }

    /** Where the member's message key is. */
    public static Path file(Path directory, MemberId member) {
        return directory.resolve(member.member()).resolve(FILE);
    }

    /** The name of the secret that opens the member's message key. */
    public static String secretName(MemberId member) {
        return "message-" + member.dotted();
    }

    @Override
    public Optional<SigningKey> messageKey(MemberId member) {
        return Optional.ofNullable(keys.get(member));
    }

    @Override
    public Optional<DecryptionKey> decryptionKey(String certificateDigest) {
        return Optional.ofNullable(decryptionKeys.get(certificateDigest));
    }

    @Override
    public Set<MemberId> members() {
        return keys.keySet();
    }
}
