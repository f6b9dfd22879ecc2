package org.wasl.node.command;

/** What the program's exit code tells scripts; documented in the help of every command. */
final class ExitCode {

    /** Done, and the answer is yes. */
    static final int OK = 0;
    /** Refused, invalid, or failed as a whole: asking again unchanged will not help. */
    static final int REFUSED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** Something that is needed is not there: no node runs, a port is taken, a back-end is down. */
    static final int UNAVAILABLE = 3;
    /** Answered in part, or not yet in full. */
    static final int PARTIAL = 4;
    /** A node whose log failed ended itself, as it was told to: whoever watches over it starts it again. */
    static final int START_AGAIN = 75;
    /** A bug. */
    static final int INTERNAL = 70;

    private ExitCode() {}
}
