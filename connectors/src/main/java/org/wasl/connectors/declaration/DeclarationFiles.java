package org.wasl.connectors.declaration;

import java.io.IOException;
import java.util.List;

/** Where an agency's declarations and stylesheets lie. */
public interface DeclarationFiles {

    /** The declarations' names, for example {@code CSPD/person-record.yaml}. */
    List<String> declarations() throws IOException;

    /**
     * One file's text.
     *
     * @param name a name from {@link #declarations()}, or one beside it
     * @throws IOException when it is absent, unreadable or larger than {@link #MAX_FILE_BYTES}
     */
    String text(String name) throws IOException;

    /** The most bytes that a declaration or stylesheet may have. */
    int MAX_FILE_BYTES = 256 * 1024;
}
