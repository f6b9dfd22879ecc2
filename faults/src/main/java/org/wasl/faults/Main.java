package org.wasl.faults;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** Runs the harness's command line. */
public final class Main {

    private static final int WIDTH = 110;
    private static final System.Logger LOG = System.getLogger(Main.class.getName());

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Texts texts = Texts.in(Texts.language(List.of(arguments), System.getenv()));
        System.exit(run(arguments, new Console(out, err, texts, Boolean.getBoolean("wasl.terminal"))));
    }

    static int run(String[] arguments, Console console) {
        CommandLine line = new CommandLine(new FaultsCommand(), new ConsoleFactory(console));
        line.setResourceBundle(console.texts().bundle());
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(WIDTH);
        line.setExecutionExceptionHandler((failure, command, result) -> {
            console.note("error.internal", failure.getClass().getSimpleName());
            if (System.getenv("WASL_DEBUG") != null) {
                LOG.log(System.Logger.Level.ERROR, "the harness failed", failure);
            }
            return ExitCode.INTERNAL;
        });
        int exitCode = line.execute(arguments);
        console.out().flush();
        console.err().flush();
        return exitCode;
    }

    /** Hands the console to commands; picocli makes everything else itself. */
    private record ConsoleFactory(Console console) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getDeclaredConstructor(Console.class).newInstance(console);
            } catch (NoSuchMethodException needsNone) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }
}
