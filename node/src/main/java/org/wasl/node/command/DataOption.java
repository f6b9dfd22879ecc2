package org.wasl.node.command;

import java.nio.file.Path;
import org.wasl.node.data.DataDirectory;
import picocli.CommandLine.Option;

/** Which node: the one whose data is here. */
final class DataOption {

    @Option(names = "--data", paramLabel = "DIR", descriptionKey = "option.data")
    Path path = Path.of("data");

    DataDirectory directory() {
        return new DataDirectory(path);
    }
}
