package org.wasl.node.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.wasl.node.data.DataDirectory;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** The users of the demo issuer with their passwords, which are random and made at the first start. */
public final class DemoUsers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PASSWORD_BYTES = 18;

    private final Map<String, DemoUser> users;
    private final Map<String, String> passwords;

    private DemoUsers(Map<String, DemoUser> users, Map<String, String> passwords) {
        this.users = users;
        this.passwords = passwords;
    }

    /** Where the passwords are. */
    public static Path passwordFile(DataDirectory directory) {
        return directory.secrets().resolve("users.json");
    }

    /**
     * The passwords that a node has written, by user name; empty when none has.
     *
     * @throws IOException when the file cannot be read
     */
    public static Map<String, String> passwords(DataDirectory directory) throws IOException {
        Path file = passwordFile(directory);
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        return JSON.readValue(Files.readAllBytes(file), new TypeReference<LinkedHashMap<String, String>>() {});
    }

    /**
     * Gives each of these users a password: the one written earlier, or a new one, which is written down.
     *
     * @throws IOException when the file cannot be read or written
     */
    public static DemoUsers open(DataDirectory directory, Collection<DemoUser> users) throws IOException {
        Map<String, String> passwords = new LinkedHashMap<>(passwords(directory));
        Map<String, DemoUser> byName = new LinkedHashMap<>();
        SecureRandom random = new SecureRandom();
        boolean changed = false;
        for (DemoUser user : users) {
            byName.put(user.name(), user);
            if (!passwords.containsKey(user.name())) {
                byte[] password = new byte[PASSWORD_BYTES];
                random.nextBytes(password);
                passwords.put(
                        user.name(), Base64.getUrlEncoder().withoutPadding().encodeToString(password));
                changed = true;
            }
        }
        if (changed) {
            AtomicFile.directory(directory.secrets(), Readers.OWNER);
            byte[] octets = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(passwords);
            AtomicFile.write(passwordFile(directory), octets, Readers.OWNER);
        }
        return new DemoUsers(byName, passwords);
    }

    public Collection<DemoUser> all() {
        return users.values();
    }

    public Optional<DemoUser> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** The password of a user that there is. */
    String password(DemoUser user) {
        String password = passwords.get(user.name());
        if (password == null) {
            throw new IllegalArgumentException("no such user");
        }
        return password;
    }
}
