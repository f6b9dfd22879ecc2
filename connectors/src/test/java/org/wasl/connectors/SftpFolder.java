package org.wasl.connectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An agency's SFTP server with snapshots of documents in a folder. */
final class SftpFolder implements AutoCloseable {

    private static final String USER = "bus";
    private static final String PASSWORD = "the-password";

    private final Path root;
    private final SshServer server;
    private final String hostKey;

    SftpFolder(Path directory) throws IOException {
        root = Files.createDirectories(directory.resolve("root")).toRealPath();
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(directory.resolve("host-key"));
        keys.setAlgorithm("EC");
        keys.setKeySize(256);
        KeyPair key = keys.loadKeys(null).iterator().next();
        hostKey = PublicKeyEntry.toString(key.getPublic());
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((name, given, session) -> name.equals(USER) && given.equals(PASSWORD));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
    }

    /** Publishes these files as the current snapshot, with these lines before the digests in its manifest. */
    Path publish(String name, Map<String, byte[]> files, String... notes) {
        try {
            Path snapshot = Files.createDirectories(root.resolve("outbox").resolve(name));
            StringBuilder manifest = new StringBuilder();
            for (String note : notes) {
                manifest.append(note).append('\n');
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(snapshot.resolve(file.getKey()), file.getValue());
                manifest.append(DocumentOctets.hex(file.getValue()))
                        .append("  ")
                        .append(file.getKey())
                        .append('\n');
            }
            Files.writeString(snapshot.resolve("MANIFEST"), manifest.toString(), StandardCharsets.UTF_8);
            Files.writeString(root.resolve("outbox").resolve("CURRENT"), name + "\n", StandardCharsets.UTF_8);
            return snapshot;
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshot cannot be written", e);
        }
    }

    /** What a declaration's placeholders stand for. */
    Map<String, String> properties() {
        return Map.of(
                "dls.host",
                "127.0.0.1",
                "dls.port",
                Integer.toString(server.getPort()),
                "dls.user",
                USER,
                "dls.host-key",
                hostKey);
    }

    static String password() {
        return PASSWORD;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
