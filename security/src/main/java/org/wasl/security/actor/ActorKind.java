package org.wasl.security.actor;

/** In which capacity somebody, or something, acts. */
public enum ActorKind {
    CITIZEN,
    OFFICER,
    SYSTEM
}
