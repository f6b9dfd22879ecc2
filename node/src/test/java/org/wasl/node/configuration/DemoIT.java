package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.node.data.DataDirectory;

/** The demonstration, and what an auditor finds in what it left. */
class DemoIT {

    @TempDir
    Path root;

    @Test
    void demo_leavesEvidenceThatVerifiesUntilSomebodyTouchesIt() throws Exception {
        DataDirectory directory = RunningNode.smallDirectory(root);
        assertThat(run("demo", "--data", root.toString())).isZero();
        assertThat(directory.stateFile()).doesNotExist();
        assertThat(run("log", "verify", "--data", root.toString())).isZero();

        overwrite(directory.logDatabase());
        assertThat(run("log", "verify", "--data", root.toString())).isNotZero();
    }

    private static int run(String... arguments) throws Exception {
        Process process = NodeInOwnProcess.command(arguments);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** Changes one letter of one answer, where it stands in the database's file. */
    private static void overwrite(Path database) throws java.io.IOException {
        byte[] octets = Files.readAllBytes(database);
        byte[] word = "consolidated:decision>".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < octets.length - word.length; i++) {
            if (java.util.Arrays.equals(octets, i, i + word.length, word, 0, word.length)) {
                octets[i + word.length] ^= 0x20;
                Files.write(database, octets);
                return;
            }
        }
        throw new AssertionError("no consolidated answer is in the log");
    }
}
