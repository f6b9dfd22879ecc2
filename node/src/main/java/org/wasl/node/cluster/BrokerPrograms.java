package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The broker's programs, from its own distribution. */
final class BrokerPrograms {

    private final ClusterDirectory directory;

    BrokerPrograms(ClusterDirectory directory) {
        this.directory = directory;
    }

    /**
     * Unpacks them, unless they are there.
     *
     * @param archive Artemis' distribution; or the directory into which somebody unpacked it, which is used as it is
     */
    void unpack(Path archive) throws ClusterException {
        Path home = directory.brokerHome();
        if (Files.isRegularFile(home.resolve("lib").resolve("artemis-boot.jar"))) {
            return;
        }
        try {
            if (Files.isDirectory(archive)) {
                Files.deleteIfExists(home);
                Files.createSymbolicLink(home, archive.toAbsolutePath());
                return;
            }
            Path draft = Files.createDirectories(directory.root().resolve("artemis.new"));
            Tool.run(List.of("tar", "xzf", archive.toString(), "-C", draft.toString(), "--strip-components=1"));
            Files.move(draft, home);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }
}
