package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.node.data.DataDirectory;

/** Runs the worked example on agreements in the operator's manual as it is written, beside a running node. */
@ExtendWith(SharedNode.class)
class AgreementExamplesIT {

    private static final Pattern BLOCK = Pattern.compile("<!-- agreement -->\n```bash\n(.*?)```", Pattern.DOTALL);
    private static final int BLOCKS = 4;
    private static final long PATIENCE_MINUTES = 3;

    private final DataDirectory directory;

    @TempDir
    Path work;

    AgreementExamplesIT(WaslProcess node) {
        directory = node.directory();
    }

    @Test
    void example_asWritten_runsFromBeginningToEnd() throws IOException, InterruptedException {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/jq")))
                .as("the example needs jq")
                .isTrue();
        Matcher blocks =
                BLOCK.matcher(Files.readString(WaslProcess.ROOT.resolve("docs/operations.md"), StandardCharsets.UTF_8));
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        int found = 0;
        while (blocks.find()) {
            found++;
            // What must fail, must: a pipeline that begins with ! never stops a script by itself.
            script.append(blocks.group(1).replaceAll("(?m)^! ((?:[^\n]*\\\\\n)*[^\n]*)$", "if $1; then exit 9; fi"));
        }
        assertThat(found).isEqualTo(BLOCKS);
        Path file = Files.writeString(work.resolve("example.sh"), script + "echo EXAMPLE DONE\n");
        Path output = work.resolve("example.log");
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString())
                .directory(WaslProcess.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("WASL_NO_BUILD", "1");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("WORK", work.toString());
        builder.environment().put("DATA", directory.root().toString());
        builder.environment()
                .put("REGISTRY", directory.authority().resolve("draft.xml").toString());
        Process example = builder.start();
        try {
            assertThat(example.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(example.exitValue()).as(text).isZero();
            assertThat(text).contains("Yes, by agreement case-person.").contains("EXAMPLE DONE");
        } finally {
            example.descendants().forEach(ProcessHandle::destroyForcibly);
            example.destroyForcibly();
        }
    }
}
