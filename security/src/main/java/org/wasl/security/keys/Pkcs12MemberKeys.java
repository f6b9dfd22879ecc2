package org.wasl.security.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.file.SecretFiles;

/** The message keys of a node's members from PKCS#12 files: {@code <directory>/<member code>/message.p12}. */
public final class Pkcs12MemberKeys implements MemberKeys {

    private static final String FILE = "message.p12";

    private final Map<MemberId, SigningKey> keys;

    private Pkcs12MemberKeys(Map<MemberId, SigningKey> keys) {
        this.keys = Map.copyOf(keys);
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
        for (MemberId member : members) {
            Path file = file(directory, member);
            keys.put(member, Pkcs12SigningKey.load(member, file, secrets.read(secretName(member))));
        }
        return new Pkcs12MemberKeys(keys);
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
    public Set<MemberId> members() {
        return keys.keySet();
    }
}
