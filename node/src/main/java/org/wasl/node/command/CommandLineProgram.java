package org.wasl.node.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Runs one command line. */
public final class CommandLineProgram {

    private CommandLineProgram() {}

    /** Runs it on the process' own streams and tells the exit code. */
    public static int run(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        quiet();
        Texts texts = Texts.in(Texts.language(List.of(arguments), System.getenv()));
        return run(arguments, new Console(out, err, texts, Boolean.getBoolean("wasl.terminal")));
    }

    /** Libraries log to nobody: what a person must know, commands say. A node sets up its own log when it starts. */
    private static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    /** For a program in the background, whose output is kept: what it does is to be read there. */
    static void logToConsole() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
            context.getLogger("org.wasl").setLevel(Level.INFO);
        }
    }

    static int run(String[] arguments, Console console) {
        CommandLine line = commandLine(console);
        int exitCode = line.execute(arguments);
        console.out().flush();
        console.err().flush();
        return exitCode;
    }

    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new WaslCommand(), new ConsoleFactory(console));
        line.setResourceBundle(console.texts().bundle());
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(110);
        line.setExecutionExceptionHandler((failure, command, result) -> {
            console.note("error.internal", failure.getClass().getSimpleName());
            if (System.getenv("WASL_DEBUG") != null) {
                failure.printStackTrace(console.err());
            }
            return ExitCode.INTERNAL;
        });
        return line;
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
