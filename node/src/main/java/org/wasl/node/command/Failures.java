package org.wasl.node.command;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why something failed, in words for the person who called. */
final class Failures {

    private Failures() {}

    /** The innermost reason that says something. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost instanceof NoSuchFileException || innermost instanceof FileNotFoundException) {
            return "no such file";
        }
        if (innermost instanceof AccessDeniedException) {
            return "not allowed";
        }
        String message = innermost.getMessage();
        return message == null || message.isBlank() ? innermost.getClass().getSimpleName() : message;
    }
}
