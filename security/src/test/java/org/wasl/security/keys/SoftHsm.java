package org.wasl.security.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A token of SoftHSM2 for the tests of this module. The library reads its configuration and finds its tokens once in a
 * process, from where the environment says, so that all tests share one token; each gets it empty.
 */
public final class SoftHsm {

    static final String PIN = "1234";

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
            Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));
    private static final String CONFIGURATION = "SOFTHSM2_CONF";

    private static final String LABEL = "wasl-tests";

    private static boolean initialised;

    private final Path library;

    private SoftHsm(Path library) {
        this.library = library;
    }

    /** The token, emptied; the calling test is skipped, and says so, where SoftHSM2 is absent. */
    static synchronized SoftHsm emptied() throws Exception {
        Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
        Assumptions.assumeTrue(library.isPresent(), "PKCS#11 skipped: softhsm2 is absent");
        String configured = System.getenv(CONFIGURATION);
        Assumptions.assumeTrue(configured != null, "PKCS#11 skipped: " + CONFIGURATION + " is not set");
        if (!initialised) {
            initialise(Path.of(configured));
            initialised = true;
        }
        SoftHsm hsm = new SoftHsm(library.get());
        hsm.empty();
        return hsm;
    }

    private static void initialise(Path configuration) throws IOException, InterruptedException {
        Path tokens = configuration.resolveSibling("tokens");
        if (Files.exists(tokens)) {
            try (Stream<Path> old = Files.walk(tokens)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(tokens);
        Files.writeString(
                configuration,
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        run("softhsm2-util", "--init-token", "--free", "--label", LABEL, "--so-pin", "12345678", "--pin", PIN);
    }

    private void empty() throws Exception {
        try (Pkcs11Token token = open()) {
            KeyStore store = KeyStore.getInstance("PKCS11", token.provider());
            store.load(null, null);
            for (String alias : Collections.list(store.aliases())) {
                store.deleteEntry(alias);
            }
        }
    }

    TokenDeclaration declaration() {
        return declaration(8, Duration.ofSeconds(5));
    }

    TokenDeclaration declaration(int sessions, Duration wait) {
        return new TokenDeclaration(library, LABEL, null, sessions, wait, Duration.ofMillis(200));
    }

    Pkcs11Token open() throws Exception {
        return Pkcs11Token.open(declaration(), PIN::toCharArray);
    }

    String label() {
        return LABEL;
    }

    /** What OpenSC's tool, which this project did not write, says about the token's objects. */
    String objects() throws IOException, InterruptedException {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pkcs11-tool")));
        Assumptions.assumeTrue(there, "the foreign look into the token is skipped: pkcs11-tool (opensc) is absent");
        return run("pkcs11-tool", "--module", library.toString(), "--token-label", LABEL, "-l", "-p", PIN, "-O");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
