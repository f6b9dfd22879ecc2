package org.wasl.screens.verify;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The texts that the page's script shows: they travel in the page, as no script of it holds a word of any language. */
final class ScriptTexts {

    private static final String PREFIX = "verify.script.";

    private ScriptTexts() {}

    /** Their keys, in order. */
    static List<String> keys() {
        return ResourceBundle.getBundle("org/wasl/screens/messages/verify", Locale.ROOT).keySet().stream()
                .filter(key -> key.startsWith(PREFIX))
                .sorted()
                .toList();
    }
}
