package org.wasl.faults.site;

import java.io.IOException;

/** The site cannot be brought to where a fault needs it. */
public final class SiteException extends IOException {

    private static final long serialVersionUID = 1L;

    public SiteException(String message) {
        super(message);
    }
}
