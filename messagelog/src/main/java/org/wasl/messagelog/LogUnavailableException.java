package org.wasl.messagelog;

/** The log cannot be written or read. Nothing may leave; intake stops. */
public final class LogUnavailableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String message) {
        super(message);
    }

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
