package org.wasl.routes.exchange;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.wasl.connectors.ConnectorResult.DocumentSource;

/** A document could not be read: told apart from a file that could not be written while the document was copied. */
final class DocumentSourceException extends IOException {

    private static final long serialVersionUID = 1L;

    private DocumentSourceException(IOException cause) {
        super("the document could not be read", cause);
    }

    /** The octets of that source, whose failures are all of this class. */
    static InputStream telling(DocumentSource source) throws DocumentSourceException {
        try {
            return new Octets(source.open());
        } catch (IOException e) {
            throw new DocumentSourceException(e);
        }
    }

    private static final class Octets extends FilterInputStream {

        Octets(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw new DocumentSourceException(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (IOException e) {
                throw new DocumentSourceException(e);
            }
        }
    }
}
