package org.wasl.security.keys;

/** A key cannot be used: its store is closed, gone or refuses. */
public final class KeyUnavailableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public KeyUnavailableException(String message) {
        super(message);
    }

    public KeyUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
