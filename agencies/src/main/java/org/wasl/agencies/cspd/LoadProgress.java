package org.wasl.agencies.cspd;

/** Told now and then how far a load is. */
@FunctionalInterface
public interface LoadProgress {

    LoadProgress NONE = (lines, bytesRead, bytesTotal) -> {};

    void at(long lines, long bytesRead, long bytesTotal);
}
