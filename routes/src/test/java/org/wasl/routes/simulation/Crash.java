package org.wasl.routes.simulation;

/** Unwinds whatever a process was doing when it was killed. An error, so that nothing takes it for a failure to handle. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash(String who) {
        super(who + " was killed", null, false, false);
    }
}
