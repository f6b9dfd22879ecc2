package org.wasl.node.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How this program is run again in a process of its own.
 *
 * @param java the Java to run it with
 * @param classPath where its classes are
 */
public record ProgramCommand(Path java, String classPath) {

    private static final String MAIN = "org.wasl.node.Main";
    private static final int NATIVE_ACCESS_ASKED = 24;

    /** As this very process runs it. */
    public static ProgramCommand ofThisProcess() {
        return new ProgramCommand(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                absolute(System.getProperty("java.class.path")));
    }

    /** The parts run elsewhere than this process. */
    private static String absolute(String classPath) {
        List<String> whole = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator, -1)) {
            if (!part.isEmpty()) {
                whole.add(Path.of(part).toAbsolutePath().toString());
            }
        }
        return String.join(File.pathSeparator, whole);
    }

    /**
     * The command line.
     *
     * @param heap the most that its objects may take, in MiB
     */
    public List<String> with(int heap, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Xmx" + heap + "m",
                "-Xss512k",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:MaxDirectMemorySize=96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (System.getenv("WASL_TIER") == null ? "1" : System.getenv("WASL_TIER")),
                "-Xshare:auto",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djdk.serialFilter=!*",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Duser.timezone=UTC"));
        if (Runtime.version().feature() >= NATIVE_ACCESS_ASKED) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)) {
            command.addAll(List.of("-jar", classPath));
        } else {
            command.addAll(List.of("-cp", classPath, MAIN));
        }
        command.addAll(arguments);
        return command;
    }
}
