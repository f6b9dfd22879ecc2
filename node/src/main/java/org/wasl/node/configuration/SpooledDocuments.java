package org.wasl.node.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.wasl.connectors.DocumentSpool;
import org.wasl.security.container.Spool;
import org.wasl.security.container.SpoolFile;

/**
 * The node's spool, for documents that come from a back-end: within the one bound for all that is under way.
 *
 * @param spool the spool
 */
public record SpooledDocuments(Spool spool) implements DocumentSpool {

    @Override
    public Optional<Place> take(long most) throws IOException {
        return spool.take(most).map(File::new);
    }

    private record File(SpoolFile file) implements Place {

        @Override
        public OutputStream write() throws IOException {
            return file.write();
        }

        @Override
        public InputStream open() throws IOException {
            return file.open(0);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
