package org.wasl.node.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.registry.RegistryXml;

/**
 * Lets the demonstration's authority sign what its operator edits, as soon as the draft changes, and renew what is about
 * to end, once a day.
 */
final class AuthorityRenewal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityRenewal.class);

    private final DemoAuthority authority;
    private final Path draft;
    private final Completion completion;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wasl-authority");
        thread.setDaemon(true);
        return thread;
    });
    private FileTime edited;

    /** Adds to a draft what the node knows of itself. */
    @FunctionalInterface
    interface Completion {
        byte[] complete(byte[] draft) throws GeneralSecurityException;
    }

    /**
     * Establishes the authority now, and looks after it from now on.
     *
     * @param draft the registry as its operator edits it
     * @param completion adds what the operator need not write
     * @param interval how often to look whether it was edited
     * @throws IOException when a file cannot be read or written, or the draft is no registry
     * @throws GeneralSecurityException when a key or certificate cannot be made
     */
    AuthorityRenewal(DemoAuthority authority, Path draft, Completion completion, Duration interval)
            throws IOException, GeneralSecurityException {
        this.authority = authority;
        this.draft = draft;
        this.completion = completion;
        this.edited = Files.getLastModifiedTime(draft);
        establish();
        watch.scheduleWithFixedDelay(this::renew, 1, 1, TimeUnit.DAYS);
        long millis = interval.toMillis();
        watch.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void establish() throws IOException, GeneralSecurityException {
        authority.establish(completion.complete(AtomicFile.read(draft, RegistryXml.MAX_OCTETS)));
    }

    private void renew() {
        try {
            establish();
        } catch (IOException | GeneralSecurityException failed) {
            // Tried again tomorrow; certificates are renewed long before they end.
            LOG.error("the demonstration's authority could not be renewed", failed);
        }
    }

    private void look() {
        try {
            FileTime now = Files.getLastModifiedTime(draft);
            if (!now.equals(edited)) {
                edited = now;
                establish();
            }
        } catch (IOException | GeneralSecurityException failed) {
            // What was signed before stays in force; the next edit is another try.
            LOG.error("the demonstration's authority does not sign its draft as edited", failed);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
