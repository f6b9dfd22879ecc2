package org.wasl.screens.frame;

import java.io.Serializable;
import java.util.Map;

/**
 * What was typed into a form: now, or before the session ended on the way.
 *
 * @param values the fields' values by name
 * @param restored whether it comes from before the person signed in again; the page says so
 */
public record Typed(Map<String, String> values, boolean restored) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final Typed NOTHING = new Typed(Map.of(), false);

    public Typed {
        values = Map.copyOf(values);
    }

    /** What was typed into this field; empty when nothing was. */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** What was typed into this field, or this when the form is new. */
    public String value(String field, String otherwise) {
        return values.getOrDefault(field, otherwise);
    }
}
