package org.wasl.messagelog.verify;

/**
 * One thing that is wrong.
 *
 * @param kind what it is
 * @param index the first leaf that it concerns
 * @param detail for people, in English
 */
public record Damage(DamageKind kind, long index, String detail) {}
