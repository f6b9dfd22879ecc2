package org.wasl.messagelog.compact;

/** What stands in the store is not what was stored. */
public final class DamagedContainerException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedContainerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** An exception of its own. */
    public DamagedContainerException(String message) {
        super(message);
    }
}
