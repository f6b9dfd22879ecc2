package org.wasl.messagelog.compact;

/** What stands in the store may be right, but this machine cannot read it. */
public final class MissingCodecException extends Exception {

    private static final long serialVersionUID = 1L;

    MissingCodecException(String message) {
        super(message);
    }
}
