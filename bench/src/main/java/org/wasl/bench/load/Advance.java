package org.wasl.bench.load;

/** Is told how far a run is. */
@FunctionalInterface
public interface Advance {

    /** Nobody looks. */
    Advance UNSEEN = (seconds, what) -> {};

    /**
     * @param seconds how many more seconds of what the run was expected to take are over
     * @param what the part that runs now
     */
    void by(double seconds, String what);
}
