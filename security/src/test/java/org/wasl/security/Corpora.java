package org.wasl.security;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Test data that this project did not write, beside the project's root. */
public final class Corpora {

    private Corpora() {}

    /** The folder of one corpus; the test is skipped, by name, when it is absent. */
    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("wasl.root", "."), "..", "shared", "corpora", name);
        assumeTrue(Files.isDirectory(folder), "skipped: the corpus " + name + " is absent");
        return folder;
    }
}
