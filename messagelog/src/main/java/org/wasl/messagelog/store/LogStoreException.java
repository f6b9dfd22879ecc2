package org.wasl.messagelog.store;

/** A store could not be read or written, or is not what it should be. */
public final class LogStoreException extends Exception {

    private static final long serialVersionUID = 1L;

    public LogStoreException(String message) {
        super(message);
    }

    public LogStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
