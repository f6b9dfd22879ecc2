package org.wasl.faults;

import java.io.PrintStream;

/** Where the harness speaks: tables on standard output, everything else on standard error. */
final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final Texts texts;
    private final boolean terminal;

    /** @param terminal whether somebody watches standard error */
    Console(PrintStream out, PrintStream err, Texts texts, boolean terminal) {
        this.out = out;
        this.err = err;
        this.texts = texts;
        this.terminal = terminal;
    }

    Texts texts() {
        return texts;
    }

    PrintStream out() {
        return out;
    }

    boolean terminal() {
        return terminal;
    }

    PrintStream err() {
        return err;
    }

    void print(String line) {
        out.println(line);
    }

    void say(String key, Object... values) {
        out.println(texts.text(key, values));
    }

    /** Says on standard error what went on, or wrong. */
    void note(String key, Object... values) {
        err.println("wasl faults: " + texts.text(key, values));
    }

    /** Ends a command that could not do what it was asked. */
    int fail(int exitCode, String key, Object... values) {
        note(key, values);
        return exitCode;
    }
}
