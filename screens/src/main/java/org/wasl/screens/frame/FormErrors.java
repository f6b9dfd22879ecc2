package org.wasl.screens.frame;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a form, each beside its field and all together above it. */
public final class FormErrors {

    /**
     * One error.
     *
     * @param field the field's id and name; empty when it is about the whole form
     * @param key the text's key
     * @param arguments the text's arguments
     * @param text the text itself, when the bus said it; else empty
     */
    public record FormError(String field, String key, Object[] arguments, String text) {}

    private final List<FormError> errors = new ArrayList<>();

    /** Nothing is wrong yet. */
    public static FormErrors none() {
        return new FormErrors();
    }

    /** @param field the field's id and name */
    public FormErrors add(String field, String key, Object... arguments) {
        errors.add(new FormError(field, key, arguments, ""));
        return this;
    }

    /** What the bus said of the form as a whole, in the person's language. */
    public FormErrors said(String text) {
        errors.add(new FormError("", "", new Object[0], text));
        return this;
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    public List<FormError> all() {
        return List.copyOf(errors);
    }

    public List<FormError> of(String field) {
        return errors.stream().filter(error -> error.field().equals(field)).toList();
    }

    public boolean has(String field) {
        return errors.stream().anyMatch(error -> error.field().equals(field));
    }
}
