package org.wasl.security.registry;

/** A name in Arabic and English. */
public record Label(String arabic, String english) {

    /** The name in this language; English for any other than {@code ar}. */
    public String in(String locale) {
        return locale.startsWith("ar") ? arabic : english;
    }
}
