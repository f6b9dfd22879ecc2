package org.wasl.security.registry;

/** About whom an agreement lets somebody ask. */
public enum SubjectScope {
    /** About anybody. */
    ANY,
    /** Only about the person whom the assertion names. */
    OWN,
    /** About anybody, within a case that the request names. */
    CASE,
    /** Only about the party that the assertion says the person may represent. */
    MANDATE
}
