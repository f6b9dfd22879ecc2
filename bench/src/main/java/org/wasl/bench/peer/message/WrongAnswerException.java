package org.wasl.bench.peer.message;

/** An operation ended in another answer than the one it was measured for. */
public final class WrongAnswerException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public WrongAnswerException(String message) {
        super(message);
    }

    public WrongAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
