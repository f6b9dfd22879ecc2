package org.wasl.messagelog.verify;

/**
 * What was counted on the way.
 *
 * @param leaves how many leaves were read
 * @param containers how many containers are there and have their leaf's commitment
 * @param erased how many containers were erased
 * @param signatures how many containers were found genuine
 * @param refusals how many were logged as refused, and may be anything
 * @param checkpoints how many recorded checkpoints have the tree's root
 * @param witnessed the size of the largest of them, or of those known from elsewhere, that enough witnesses cosigned; 0
 *     when none did. Nothing but the operator's word stands behind the leaves after it
 * @param stamped the size of the largest recorded checkpoint that has a time-stamp; 0 when there is none
 */
public record Tally(
        long leaves,
        long containers,
        long erased,
        long signatures,
        long refusals,
        long checkpoints,
        long witnessed,
        long stamped) {

    static final Tally ZERO = new Tally(0, 0, 0, 0, 0, 0, 0, 0);
}
