package org.wasl.faults;

/** What the program's exit code tells scripts: the same as the product's. */
final class ExitCode {

    /** Everything that was tried was kept. */
    static final int OK = 0;
    /** A promise was broken, or a fault could not be carried out. */
    static final int FAILED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** Something that is needed is not there. */
    static final int UNAVAILABLE = 3;
    /** A bug. */
    static final int INTERNAL = 70;

    private ExitCode() {}
}
