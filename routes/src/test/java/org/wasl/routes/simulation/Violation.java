package org.wasl.routes.simulation;

/** A promise was broken. */
final class Violation extends Error {

    private static final long serialVersionUID = 1L;

    private final Promise promise;

    Violation(Promise promise, String what) {
        super(promise + " " + promise.text() + ": " + what);
        this.promise = promise;
    }

    Promise promise() {
        return promise;
    }
}
