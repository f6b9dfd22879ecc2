package org.wasl.node.watch;

import java.time.Instant;

/**
 * Something that somebody has to look at.
 *
 * @param kind why
 * @param severity how soon
 * @param subject what it is about: a member, a queue, a certificate, this node; never a person
 * @param measured what was measured, in {@code unit}
 * @param threshold from where on somebody has to look
 * @param unit of both: {@code seconds}, {@code messages}, {@code percent}, {@code octets}, or {@code state}
 * @param since since when it is so, as far as this process knows
 */
public record Alert(
        AlertKind kind, Severity severity, String subject, long measured, long threshold, String unit, Instant since) {}
