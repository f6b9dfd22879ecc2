package org.wasl.security.authority;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One change that an operator of the authority wants in the draft.
 *
 * @param action what to do
 * @param kind to what kind of thing
 * @param id to which: its identifier; what something is added to, or the fingerprint of a certificate or key, where
 *     {@link DraftKind} says so
 * @param values what it shall say: names of the schema's attributes and elements, each with its values in order
 */
public record DraftOrder(Action action, DraftKind kind, String id, Map<String, List<String>> values) {

    /** What to do. */
    public enum Action {
        ADD,
        SET,
        REMOVE
    }

    public DraftOrder {
        // In the order given: an agreement's hours come before the times in them.
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
