package org.wasl.bench;

/** What the program's exit code tells scripts: the same as the product's. */
final class ExitCode {

    /** Everything was measured, and nothing failed. */
    static final int OK = 0;
    /** Some operation or run failed, or a figure is worse than the baseline allows. */
    static final int FAILED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** Something that is needed is not there. */
    static final int UNAVAILABLE = 3;
    /** A bug. */
    static final int INTERNAL = 70;

    private ExitCode() {}
}
