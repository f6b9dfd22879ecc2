package org.wasl.security.registry;

/**
 * One difference between two registries.
 *
 * @param kind what happened
 * @param element the name of the schema's element that it happened to, for example {@code agreement}
 * @param id which one, for example {@code JO/GOV/CSPD}; empty for the registry itself
 * @param within the identifier of what holds it; empty when the registry itself does
 * @param attribute which of its attributes, or {@code text}; empty unless it was changed
 * @param before the former value, or what was removed says; empty when there was none
 * @param after the present value, or what was added says; empty when there is none
 */
public record RegistryChange(
        Kind kind, String element, String id, String within, String attribute, String before, String after) {

    /** What happened. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }
}
