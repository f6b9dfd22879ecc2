package org.wasl.node.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.security.file.SecretFiles;
import picocli.CommandLine.Option;

/** What opens the authority's key: a file of mode 600, or what somebody types. It is never an argument. */
final class PasswordOption {

    /** Fewer characters than this protect nothing that is kept offline. */
    static final int LEAST_CHARACTERS = 12;

    @Option(names = "--password-file", paramLabel = "FILE", descriptionKey = "option.password-file")
    @Nullable
    Path file;

    /**
     * The password of a key that exists; empty when there is neither file nor terminal.
     *
     * @throws IOException when the file cannot be read, or others may read it
     */
    Optional<String> read(Texts texts) throws IOException {
        if (file != null) {
            return Optional.of(secrets(file).read(name(file)));
        }
        return ask(texts.text("registry.password"));
    }

    /**
     * A password for a new key: from the file, which is made with a random one when it is not there, or typed twice.
     *
     * @return the password; empty when there is neither file nor terminal, or what was typed is too short or not twice
     *     the same
     */
    Optional<String> choose(Texts texts) throws IOException {
        if (file != null) {
            return Optional.of(
                    Files.exists(file)
                            ? secrets(file).read(name(file))
                            : secrets(file).obtain(name(file)));
        }
        return ask(texts.text("registry.new-password", LEAST_CHARACTERS))
                .filter(typed -> typed.length() >= LEAST_CHARACTERS)
                .filter(typed -> ask(texts.text("registry.password-again"))
                        .filter(typed::equals)
                        .isPresent());
    }

    private static Optional<String> ask(String prompt) {
        @Nullable Console terminal = System.console();
        char @Nullable [] typed = terminal == null ? null : terminal.readPassword("%s ", prompt);
        if (typed == null) {
            return Optional.empty();
        }
        String password = new String(typed);
        Arrays.fill(typed, ' ');
        return Optional.of(password);
    }

    private static SecretFiles secrets(Path file) throws IOException {
        Path directory = file.toAbsolutePath().normalize().getParent();
        if (directory == null) {
            throw new IOException("a password file is needed, not a file system's root");
        }
        return new SecretFiles(directory);
    }

    private static String name(Path file) {
        return file.toAbsolutePath().normalize().getFileName().toString();
    }
}
