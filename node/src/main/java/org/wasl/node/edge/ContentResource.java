package org.wasl.node.edge;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;

/** A body that is written as it is read, through a small buffer, and never all in memory. */
public final class ContentResource extends AbstractResource {

    private final long length;
    private final Source source;

    /** Where the octets come from. */
    @FunctionalInterface
    public interface Source {

        /**
         * The octets from the first on.
         *
         * @throws IOException when they cannot be read
         */
        InputStream open() throws IOException;
    }

    /**
     * @param length how many octets there are
     */
    public ContentResource(long length, Source source) {
        this.length = length;
        this.source = source;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return source.open();
    }

    @Override
    public String getDescription() {
        return "a container's octets";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
