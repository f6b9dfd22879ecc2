package org.wasl.screens.frame;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What was typed into forms whose sessions had ended, the newest so many. Anybody may send a form without a session: what
 * is kept for them must not grow with how many do. Only a key to it stands in the session.
 */
final class KeptForms {

    private static final int MAX_FORMS = 1000;

    /**
     * @param page the page that the form stands on
     */
    record Form(String page, Typed typed) {}

    private final Map<UUID, Form> forms = new LinkedHashMap<>();

    synchronized UUID keep(Form form) {
        UUID key = UUID.randomUUID();
        forms.put(key, form);
        if (forms.size() > MAX_FORMS) {
            forms.remove(forms.keySet().iterator().next());
        }
        return key;
    }

    synchronized Optional<Form> form(UUID key) {
        return Optional.ofNullable(forms.get(key));
    }

    synchronized void forget(UUID key) {
        forms.remove(key);
    }
}
