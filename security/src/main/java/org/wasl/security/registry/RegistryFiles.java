package org.wasl.security.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.certificate.RevocationFiles;
import org.wasl.security.certificate.RevocationLists;

/**
 * The registry from files, reloaded while running. A new version comes into force only when the pinned authority signed
 * it, it follows schema and rules, and it is not older than any that this node ever accepted; otherwise it is refused,
 * the listener is told, and the last good one goes on serving, across restarts too. Readers never wait and never fail.
 */
public final class RegistryFiles implements CurrentRegistry, AutoCloseable {

    /** Marks the log events of a registry that was refused, for whoever watches the node's log. */
    public static final Marker ALARM = MarkerFactory.getMarker("wasl.registry.refused");

    private static final Logger LOG = LoggerFactory.getLogger(RegistryFiles.class);

    private final RegistrySource source;
    private final RegistryArchive archive;
    private final Candidate.Judge judge;
    private final Clock clock;
    private final RegistryListener listener;
    private final RevocationFiles revocationLists;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "wasl-registry");
        thread.setDaemon(true);
        return thread;
    });

    private volatile Registry current;
    private volatile RegistryReload.@Nullable Refused refused;
    private AcceptedVersion accepted;
    private FilesStamp attempted;
    private FilesStamp seen;
    private RegistryAge age = RegistryAge.CURRENT;

    private RegistryFiles(
            RegistrySource source,
            Candidate.Judge judge,
            Clock clock,
            RegistryListener listener,
            Registry first,
            AcceptedVersion accepted) {
        this.source = source;
        this.archive = new RegistryArchive(source.versions(), judge.authority(), judge.xml());
        this.judge = judge;
        this.clock = clock;
        this.listener = listener;
        this.current = first;
        this.accepted = accepted;
        this.attempted = FilesStamp.NONE;
        this.seen = FilesStamp.NONE;
        this.revocationLists = new RevocationFiles(source.published().resolve(RegistrySource.REVOCATION_LISTS));
    }

    /**
     * Loads the registry and begins to look for newer ones.
     *
     * @param authority the pinned certificate of the registry's authority
     * @param xml reads registries
     * @param listener told of every version that is taken or refused
     * @throws RegistryRefusedException when neither the published registry nor the last accepted one can be used
     * @throws IOException when what was accepted before cannot be read, or the first version cannot be kept
     */
    public static RegistryFiles open(
            RegistrySource source, X509Certificate authority, RegistryXml xml, Clock clock, RegistryListener listener)
            throws IOException {
        Candidate.Judge judge = new Candidate.Judge(authority, xml);
        AcceptedVersion accepted = AcceptedVersion.read(source.accepted());
        Candidate published = Candidate.check(source.published(), judge, clock.instant(), accepted);
        Candidate first = published.registry().isPresent()
                ? published
                : Candidate.check(source.accepted(), judge, clock.instant(), accepted);
        Registry registry = first.registry().orElseThrow(() -> new RegistryRefusedException(published.refusal()));
        RegistryFiles files = new RegistryFiles(source, judge, clock, listener, registry, accepted);
        files.revocationLists.reload();
        // A node of an earlier release kept none.
        files.archive.keep(registry.version(), first.signed());
        // Accepts the published one, or tells the listener why the accepted one has to serve.
        files.reload();
        long millis = source.interval().toMillis();
        files.scheduler.scheduleWithFixedDelay(files::look, millis, millis, TimeUnit.MILLISECONDS);
        return files;
    }

    @Override
    public Registry get() {
        return current;
    }

    /** Every version that ever came into force here. */
    public RegistryArchive archive() {
        return archive;
    }

    /** The revocation lists that came with the registry. */
    public RevocationLists revocationLists() {
        return revocationLists;
    }

    /** What was refused since the last version came into force; empty when nothing was. */
    public Optional<RegistryReload.Refused> lastRefused() {
        return Optional.ofNullable(refused);
    }

    /** Looks at the files now. */
    public synchronized RegistryReload reload() {
        attempted = FilesStamp.of(source.published());
        seen = attempted;
        revocationLists.reload();
        Candidate candidate = Candidate.check(source.published(), judge, clock.instant(), accepted);
        Optional<Fault> refusal = candidate.refusalToTake(accepted, clock.instant());
        if (refusal.isEmpty()) {
            return take(candidate);
        }
        if (refusal.get().code() == FaultCode.REGISTRY_NOT_YET_VALID) {
            // The same files will be right once their time has come.
            attempted = FilesStamp.NONE;
        }
        return refuse(refusal.get());
    }

    private RegistryReload take(Candidate candidate) {
        Registry registry = candidate.registry().orElseThrow();
        if (candidate.version().equals(accepted)) {
            boolean mended = refused != null;
            refused = null;
            current = registry;
            if (mended) {
                LOG.info("the registry's files hold version {} again, which is in force", current.version());
                listener.mended(current);
            }
            return new RegistryReload.Unchanged(current);
        }
        try {
            // Kept and remembered before it serves: what was once in force can be shown, and is never followed by
            // something older.
            archive.keep(registry.version(), candidate.signed());
            candidate.signed().write(source.accepted());
            candidate.version().write(source.accepted());
        } catch (IOException e) {
            LOG.error("the accepted registry cannot be kept", e);
            // Nothing is wrong with the registry: try again at the next look.
            attempted = FilesStamp.NONE;
            return refuse(new Fault(
                    FaultCode.REGISTRY_INVALID, Stage.VERIFY, "registry", "the accepted version cannot be kept"));
        }
        accepted = candidate.version();
        refused = null;
        current = registry;
        LOG.info("version {} of the registry is in force until {}", current.version(), current.expires());
        listener.loaded(current);
        return new RegistryReload.Loaded(current);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private RegistryReload refuse(Fault fault) {
        RegistryReload.Refused before = refused;
        RegistryReload.Refused now = new RegistryReload.Refused(fault, clock.instant());
        refused = now;
        if (before == null || !before.fault().equals(fault)) {
            LOG.error(ALARM, "a registry is refused: {} {}", fault.code().wireCode(), fault.detail());
            listener.refused(fault);
        }
        return now;
    }

    /**
     * Looks whether the files have changed. A good version is taken at once. Anything else is judged when the files have
     * stayed as they are for one interval: registry and signature are two files, and half a publication is not worth an
     * alarm.
     */
    private void look() {
        try {
            synchronized (this) {
                watchAge();
                FilesStamp now = FilesStamp.of(source.published());
                boolean settled = now.equals(seen);
                seen = now;
                if (now.equals(attempted)) {
                    return;
                }
                if (settled) {
                    reload();
                } else {
                    takeIfGood();
                }
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule, and with it every later reload.
            LOG.error("looking for a newer registry failed", e);
        }
    }

    /** Nobody publishes in vain: when time alone takes the registry out of force, somebody must hear of it. */
    private void watchAge() {
        RegistryAge now = RegistryValidity.age(current, clock.instant());
        if (now == age) {
            return;
        }
        age = now;
        if (now != RegistryAge.CURRENT) {
            LOG.error(
                    ALARM,
                    "version {} of the registry expired at {}: {}",
                    current.version(),
                    current.expires(),
                    now == RegistryAge.GRACE
                            ? "exchanges go on in its grace, and say so"
                            : "nothing is answered until a new one is there");
            listener.aged(current, now);
        }
    }

    private void takeIfGood() {
        Candidate candidate = Candidate.check(source.published(), judge, clock.instant(), accepted);
        if (candidate.refusalToTake(accepted, clock.instant()).isEmpty()) {
            take(candidate);
        }
    }

    /** The directory of the published files, for those who publish. */
    public Path published() {
        return source.published();
    }
}
