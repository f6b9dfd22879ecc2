package org.wasl.node.data;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the things of one node are.
 *
 * @param root the directory, absolute
 */
public record DataDirectory(Path root) {

    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    public Path registryFile() {
        return root.resolve("registry").resolve("registry.xml");
    }

    public Path registrySignature() {
        return root.resolve("registry").resolve("registry.xml.p7s");
    }

    public Path authority() {
        return root.resolve("authority");
    }

    public Path keys() {
        return root.resolve("keys");
    }

    public Path tls() {
        return root.resolve("tls");
    }

    public Path clients() {
        return root.resolve("clients");
    }

    public Path logDatabase() {
        return root.resolve("log").resolve("wasl.db");
    }

    /** What the log publishes: checkpoint and tiles. */
    public Path publicLog() {
        return root.resolve("log").resolve("public");
    }

    /** What was published of the log in earlier epochs. */
    public Path earlierPublications() {
        return root.resolve("log").resolve("earlier");
    }

    /** What this node's members remember as witnesses of others' logs. */
    public Path witnesses() {
        return root.resolve("witnesses");
    }

    public Path broker() {
        return root.resolve("broker");
    }

    /** Containers with documents on their way: emptied at each start. */
    public Path spool() {
        return root.resolve("spool");
    }

    public Path agencies() {
        return root.resolve("agencies");
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    /** The process' own log: for the operator, not evidence. */
    public Path processLog() {
        return root.resolve("node.log");
    }

    public Path stateFile() {
        return root.resolve("node.json");
    }

    public Path lockFile() {
        return root.resolve("node.lock");
    }

    /** Whether a node has ever been set up here. */
    public boolean initialised() {
        return Files.isRegularFile(registryFile());
    }

    /**
     * Makes the directory, readable by its owner alone: it holds keys.
     *
     * @throws IOException when it cannot be made
     */
    public void create() throws IOException {
        if (Files.isDirectory(root)) {
            return;
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(root);
        }
    }
}
