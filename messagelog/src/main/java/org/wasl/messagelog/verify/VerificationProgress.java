package org.wasl.messagelog.verify;

/** Hears how far verifying has come, every few hundred leaves and at the end. */
@FunctionalInterface
public interface VerificationProgress {

    /** Tells nobody. */
    VerificationProgress NONE = (verified, total) -> {};

    /** So many of so many leaves are done. */
    void verified(long leaves, long total);
}
