package org.wasl.security.container;

/** In which capacity somebody, or something, acts. */
public enum ActorKind {
    CITIZEN,
    OFFICER,
    SYSTEM
}
