package org.wasl.connectors.backend;

import java.util.Optional;
import org.wasl.schemas.fault.FaultCode;

/** What an HTTP status of a back-end means when it is no answer. */
public final class HttpStatus {

    static final int OK = 200;
    static final int CONFLICT = 409;
    static final int GONE = 410;
    static final int NO_CONTENT = 204;

    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private static final int MULTIPLE_CHOICES = 300;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private HttpStatus() {}

    /** Whether it says that a change was made, or had been. */
    static boolean changed(int status) {
        return status == OK || status == CREATED || status == ACCEPTED || status == NO_CONTENT;
    }

    /** Empty for 200, and for 4xx whose body may say more. */
    public static Optional<BackEndFailure> failure(int status) {
        if (status == OK) {
            return Optional.empty();
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return failure(FaultCode.BACKEND_REFUSED, Step.AUTHENTICATE, status, ": the credentials are refused");
        }
        if (status == TOO_MANY) {
            return failure(FaultCode.BACKEND_BUSY, Step.FETCH, status, "");
        }
        if (status >= SERVER_ERROR) {
            return failure(FaultCode.BACKEND_UNAVAILABLE, Step.FETCH, status, "");
        }
        if (status < BAD_REQUEST) {
            String why = status >= MULTIPLE_CHOICES ? ": redirects are not followed" : "";
            return failure(FaultCode.BACKEND_REFUSED, Step.FETCH, status, why);
        }
        return Optional.empty();
    }

    private static Optional<BackEndFailure> failure(FaultCode code, Step step, int status, String why) {
        return Optional.of(new BackEndFailure(code, step, "HTTP status " + status + why));
    }
}
