package org.wasl.connectors.backend;

import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;

/**
 * A back-end that did not give a usable record. Thrown inside a connector's route only, because the circuit breaker
 * counts exceptions; at the route's edge the error policy makes a value of it.
 */
public final class BackEndFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FaultCode code;
    private final Step step;
    private final String path;

    /**
     * A failure.
     *
     * @param detail names rules and limits, never a record's values
     * @param path the field at fault; empty when it is none
     */
    public BackEndFailure(FaultCode code, Step step, String detail, String path, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.step = step;
        this.path = path;
    }

    public BackEndFailure(FaultCode code, Step step, String detail, @Nullable Throwable cause) {
        this(code, step, detail, "", cause);
    }

    public BackEndFailure(FaultCode code, Step step, String detail) {
        this(code, step, detail, "", null);
    }

    public FaultCode code() {
        return code;
    }

    public Step step() {
        return step;
    }

    public String path() {
        return path;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /**
     * Whether the circuit breaker counts it: what speaks against the back-end's health, and refused credentials, since
     * trying those on and on gets an account locked.
     */
    public boolean unhealthy() {
        return code == FaultCode.BACKEND_UNAVAILABLE
                || code == FaultCode.BACKEND_TIMED_OUT
                || step == Step.AUTHENTICATE;
    }
}
