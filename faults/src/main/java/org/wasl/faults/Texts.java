package org.wasl.faults;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** What the harness says, in Arabic or English. */
final class Texts {

    private static final String BUNDLE = "org.wasl.faults.messages";

    private final String language;
    private final ResourceBundle bundle;

    private Texts(String language) {
        this.language = language;
        this.bundle = ResourceBundle.getBundle(
                BUNDLE,
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The texts in this language: {@code ar}, or English for any other. */
    static Texts in(String language) {
        return new Texts("ar".equals(language) ? "ar" : "en");
    }

    /**
     * The language for these arguments: what {@code --lang} says, else what the environment does. It must be known
     * before the arguments are parsed, since parsing them may end in a help text.
     */
    static String language(List<String> arguments, Map<String, String> environment) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith("--lang=")) {
                return argument.substring("--lang=".length());
            }
            if ("--lang".equals(argument) && i + 1 < arguments.size()) {
                return arguments.get(i + 1);
            }
        }
        for (String variable : List.of("WASL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                return value.startsWith("ar") ? "ar" : "en";
            }
        }
        return "en";
    }

    String language() {
        return language;
    }

    boolean arabic() {
        return "ar".equals(language);
    }

    ResourceBundle bundle() {
        return bundle;
    }

    /** The text of this key; values stand as given, never in another script's digits. */
    String text(String key, Object... values) {
        Object[] plain = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            plain[i] = String.valueOf(values[i]);
        }
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(plain);
    }
}
