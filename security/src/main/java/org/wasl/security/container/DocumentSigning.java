package org.wasl.security.container;

import org.wasl.schemas.fault.Fault;

/** What signing a document came to. */
public sealed interface DocumentSigning {

    /**
     * The container stands in its file.
     *
     * @param container the container; its {@link Container#whole} is the file
     */
    record Signed(Container container) implements DocumentSigning {}

    /**
     * The document cannot be sent.
     *
     * @param fault why
     */
    record Refused(Fault fault) implements DocumentSigning {}
}
