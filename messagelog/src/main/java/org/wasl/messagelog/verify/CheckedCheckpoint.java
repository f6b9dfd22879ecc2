package org.wasl.messagelog.verify;

import org.jspecify.annotations.Nullable;

/**
 * What one recorded checkpoint amounts to.
 *
 * @param size how many leaves it covers, as the store says
 * @param genuine it; null when it is bad
 * @param witnessed whether enough parties cosigned it
 * @param damage what is wrong with it; null when nothing is
 */
record CheckedCheckpoint(
        long size,
        CheckpointJudgement.@Nullable Genuine genuine,
        boolean witnessed,
        @Nullable Damage damage) {}
