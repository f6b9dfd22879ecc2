package org.wasl.connectors;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Where documents are from when they come from a back-end until they are signed: on disk, and bounded. Safe for many threads. */
@FunctionalInterface
public interface DocumentSpool {

    /** No room at all, for whoever declares no documents. */
    DocumentSpool NONE = most -> Optional.empty();

    /**
     * Room for one document; empty when there is none.
     *
     * @param most the most octets that it may have
     * @throws IOException when the disk refuses it
     */
    Optional<Place> take(long most) throws IOException;

    /** Room for one document; closing it frees it. */
    interface Place extends ConnectorResult.DocumentSource {

        /**
         * A stream that writes the document from its first octet on; whoever takes it closes it.
         *
         * @throws IOException when it cannot be written
         */
        OutputStream write() throws IOException;

        @Override
        void close();
    }
}
