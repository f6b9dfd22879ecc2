package org.wasl.connectors.policy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.cxf.transport.http.HTTPException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.connectors.backend.HttpStatus;
import org.wasl.connectors.backend.Step;
import org.wasl.schemas.fault.FaultCode;

/** Tells what any exception of a connector's route means. */
public final class Failures {

    private Failures() {}

    /** The same for the circuit breaker and for the fault, so that both see one truth. */
    public static BackEndFailure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            BackEndFailure known = known(cause, thrown);
            if (known != null) {
                return known;
            }
        }
        return new BackEndFailure(
                FaultCode.INTERNAL, Step.FETCH, thrown.getClass().getSimpleName(), thrown);
    }

    /** Whether the circuit breaker counts it. */
    public static boolean unhealthy(Throwable thrown) {
        return of(thrown).unhealthy();
    }

    private static @Nullable BackEndFailure known(Throwable cause, Throwable thrown) {
        if (cause instanceof BackEndFailure failure) {
            return failure;
        }
        if (cause instanceof HTTPException http) {
            return HttpStatus.failure(http.getResponseCode())
                    .orElseGet(() -> new BackEndFailure(
                            FaultCode.BACKEND_REFUSED, Step.FETCH, "HTTP status " + http.getResponseCode(), thrown));
        }
        if (cause instanceof ConnectionRequestTimeoutException) {
            return new BackEndFailure(
                    FaultCode.BACKEND_BUSY, Step.CONNECT, "no connection became free in time", thrown);
        }
        if (cause instanceof ConnectTimeoutException || unreachable(cause)) {
            return new BackEndFailure(
                    FaultCode.BACKEND_UNAVAILABLE, Step.CONNECT, "the back-end cannot be reached", thrown);
        }
        if (cause instanceof SocketTimeoutException || cause instanceof InterruptedIOException) {
            return new BackEndFailure(
                    FaultCode.BACKEND_TIMED_OUT, Step.FETCH, "the back-end did not answer in time", thrown);
        }
        if (cause instanceof HttpException || (cause instanceof IOException && cause.getCause() == null)) {
            return new BackEndFailure(
                    FaultCode.BACKEND_MALFORMED, Step.FETCH, "the back-end's answer breaks its protocol", thrown);
        }
        return null;
    }

    private static boolean unreachable(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException
                || cause instanceof NoHttpResponseException
                || cause instanceof SSLException
                || (cause instanceof SocketException);
    }
}
