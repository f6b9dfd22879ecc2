package org.wasl.node.configuration;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.authority.DemoAuthority;

/** Lets the demonstration's authority renew what is about to end, once a day in a node that stays up. */
final class AuthorityRenewal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityRenewal.class);

    private final DemoAuthority authority;
    private final byte[] draft;
    private final ScheduledExecutorService daily = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wasl-authority");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Establishes the authority now, and looks after it from now on.
     *
     * @throws IOException when a file cannot be read or written, or the draft is no registry
     * @throws GeneralSecurityException when a key or certificate cannot be made
     */
    AuthorityRenewal(DemoAuthority authority, byte[] draft) throws IOException, GeneralSecurityException {
        this.authority = authority;
        this.draft = draft.clone();
        authority.establish(this.draft);
        daily.scheduleWithFixedDelay(this::renew, 1, 1, TimeUnit.DAYS);
    }

    private void renew() {
        try {
            authority.establish(draft);
        } catch (IOException | GeneralSecurityException failed) {
            // Tried again tomorrow; certificates are renewed long before they end.
            LOG.error("the demonstration's authority could not be renewed", failed);
        }
    }

    @Override
    public void close() {
        daily.shutdownNow();
    }
}
