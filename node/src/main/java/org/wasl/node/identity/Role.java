package org.wasl.node.identity;

/** What a person with a bearer token may be to the portal. */
public enum Role {
    /** Asks about themselves only. */
    CITIZEN,
    /** Asks about others, in office. */
    OFFICER,
    /** Reads evidence. */
    AUDITOR,
    /** Keeps the node running; sees no person's data. */
    OPERATOR;

    /** The authority that Spring Security's rules name. */
    public String authority() {
        return "ROLE_" + name();
    }
}
