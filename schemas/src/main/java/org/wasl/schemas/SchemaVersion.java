package org.wasl.schemas;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema's version.
 *
 * @param major from 1; another major is another namespace
 * @param minor from 0; a later minor only adds
 */
public record SchemaVersion(int major, int minor) implements Comparable<SchemaVersion> {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,2})\\.([0-9]{1,3})");

    /**
     * Reads {@code major.minor}.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static SchemaVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a schema's version must be major.minor, for example 1.0");
        }
        return new SchemaVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public int compareTo(SchemaVersion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
