package org.wasl.security.container;

import java.io.IOException;

/** More was written to a spool file than it had reserved. */
public final class SpoolFileFullException extends IOException {

    private static final long serialVersionUID = 1L;

    SpoolFileFullException() {
        super("a spool file would become larger than it may");
    }
}
