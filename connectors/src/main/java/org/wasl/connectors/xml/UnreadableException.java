package org.wasl.connectors.xml;

/** What a back-end sent cannot be read; the message says where and why, never what stood there. */
public final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableException(String reason) {
        super(reason);
    }

    /** Says where and why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
