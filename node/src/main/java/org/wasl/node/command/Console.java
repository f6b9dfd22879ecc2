package org.wasl.node.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the command line speaks: answers on standard output, everything else on standard error. */
final class Console {

    private static final ObjectMapper JSON = new ObjectMapper();

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
        err.println("wasl: " + texts.text(key, values));
    }

    /** Prints one JSON document. */
    void json(Object document) {
        try {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps, lists and strings can be written", impossible);
        }
    }

    /** Ends a command that could not do what it was asked: for people on standard error, for scripts as JSON too. */
    int fail(boolean asJson, int exitCode, String key, Object... values) {
        if (asJson) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", false);
            document.put("error", key);
            document.put("message", texts.text(key, values));
            json(document);
        }
        note(key, values);
        return exitCode;
    }
}
