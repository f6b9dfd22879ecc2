package org.wasl.node.command;

import java.nio.file.Path;
import org.wasl.security.authority.RegistryAuthority;
import picocli.CommandLine.Option;

/** Which authority: the one whose key and draft are here. */
final class AuthorityOption {

    @Option(names = "--authority", paramLabel = "DIR", descriptionKey = "option.authority")
    Path path = Path.of("authority");

    RegistryAuthority authority() {
        return new RegistryAuthority(path.toAbsolutePath().normalize());
    }
}
