package org.wasl.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Room for a number of documents in a folder. */
final class FolderSpool implements DocumentSpool {

    private final Path folder;
    private final int places;
    private final AtomicInteger taken = new AtomicInteger();

    FolderSpool(Path folder, int places) {
        this.folder = folder;
        this.places = places;
    }

    /** How many places are taken now. */
    int taken() {
        return taken.get();
    }

    @Override
    public Optional<Place> take(long most) throws IOException {
        if (taken.incrementAndGet() > places) {
            taken.decrementAndGet();
            return Optional.empty();
        }
        Path file = Files.createTempFile(folder, "document", "");
        return Optional.of(new Place() {
            @Override
            public OutputStream write() throws IOException {
                return Files.newOutputStream(file);
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public void close() {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException("closed twice, or not writable", e);
                }
                taken.decrementAndGet();
            }
        });
    }
}
