package org.wasl.screens.frame;

import java.util.Locale;
import java.util.Optional;

/** The languages of the pages. Arabic is the first: who states no preference reads Arabic. */
public enum Language {
    AR("ar", "rtl", "العربية"),
    EN("en", "ltr", "English");

    private final String code;
    private final String direction;
    private final String label;

    Language(String code, String direction, String label) {
        this.code = code;
        this.direction = direction;
        this.label = label;
    }

    /** The language's subtag, as {@code lang} attributes and labels of the bus have it. */
    public String code() {
        return code;
    }

    /** {@code rtl} or {@code ltr}. */
    public String direction() {
        return direction;
    }

    /** The language's own name. */
    public String label() {
        return label;
    }

    /** The other one. */
    public Language other() {
        return this == AR ? EN : AR;
    }

    /** For dates and numbers: as in Jordan, with Western digits. */
    public Locale locale() {
        return Locale.forLanguageTag(this == AR ? "ar-JO-u-nu-latn" : "en-JO-u-nu-latn");
    }

    /** The language of this subtag. */
    public static Optional<Language> of(String code) {
        for (Language language : values()) {
            if (language.code.equals(code)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    static Language of(Locale locale) {
        return of(locale.getLanguage()).orElse(AR);
    }
}
