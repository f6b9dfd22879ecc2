package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.wasl.schemas.pack.InvalidPackException;
import org.wasl.schemas.pack.Packs;
import picocli.CommandLine.Option;

/** The operator's packs, beside those that come with the program. */
final class PacksOption {

    @Option(names = "--packs", paramLabel = "DIR", descriptionKey = "up.packs")
    String directory = "";

    Optional<Path> path() {
        return directory.isEmpty() ? Optional.empty() : Optional.of(Path.of(directory));
    }

    /**
     * All packs.
     *
     * @param samples whether those that come with the program are among them
     */
    Packs packs(boolean samples) throws IOException, InvalidPackException {
        Packs shipped = samples ? Packs.shipped() : Packs.none();
        return directory.isEmpty() ? shipped : shipped.and(Packs.of(Path.of(directory)));
    }
}
