package org.wasl.routes.broker;

/** The embedded broker cannot start, stop or declare a queue. */
public final class BrokerFailedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public BrokerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
