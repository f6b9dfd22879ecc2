package org.wasl.security.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.http.BoundedHttp;

/**
 * Status from responders, kept until it must be asked anew and asked again ahead of that time in the background, so that
 * a message waits only for the first statement about its certificate. There is no soft fail: when no responder says
 * something that may be relied on, nothing is known, and the certificate is refused.
 */
public final class OnlineRevocation implements RevocationSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OnlineRevocation.class);

    private static final String REQUEST_TYPE = "application/ocsp-request";
    private static final int MAX_RESPONSE_OCTETS = 64 * 1024;
    private static final int NONCE_OCTETS = 32;
    private static final int FETCHERS = 4;
    private static final int MAX_WAITING = 256;
    private static final Duration LOOK = Duration.ofMillis(500);

    /** After a failure: a responder that is down is not asked for every message. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A statement that nobody asked for this long is not fetched again. */
    private static final Duration IDLE = Duration.ofHours(1);

    private final RevocationSettings settings;
    private final RevocationLists lists;
    private final Clock clock;
    private final BoundedHttp http;
    private final SecureRandom random = new SecureRandom();
    private final Map<Subject, Kept> kept = new ConcurrentHashMap<>();
    private final Map<Subject, CompletableFuture<Kept>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor fetchers;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "wasl-ocsp-refresh"));

    /** Whose status is asked where. */
    private record Subject(X509Certificate certificate, X509Certificate issuer, URI responder) {}

    /** What was answered, and for how long that counts. */
    private static final class Kept {
        final OcspAnswer answer;
        final Instant usableUntil;
        final Instant refreshFrom;
        volatile Instant lastAsked;

        Kept(OcspAnswer answer, Instant usableUntil, Instant refreshFrom, Instant lastAsked) {
            this.answer = answer;
            this.usableUntil = usableUntil;
            this.refreshFrom = refreshFrom;
            this.lastAsked = lastAsked;
        }

        boolean stated() {
            return answer instanceof OcspAnswer.Stated;
        }
    }

    /**
     * @param settings the bounds
     * @param lists the lists of those authorities that have no responder
     */
    public OnlineRevocation(RevocationSettings settings, RevocationLists lists, Clock clock) {
        this.settings = settings;
        this.lists = lists;
        this.clock = clock;
        this.http = new BoundedHttp(settings.timeout());
        this.fetchers = new ThreadPoolExecutor(
                FETCHERS,
                FETCHERS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                work -> daemon(work, "wasl-ocsp"));
        fetchers.allowCoreThreadTimeOut(true);
        looks.scheduleWithFixedDelay(this::refresh, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public RevocationLists lists() {
        return lists;
    }

    @Override
    public Optional<OcspAnswer> ask(
            X509Certificate certificate, X509Certificate issuer, @Nullable URI responder, Instant at) {
        if (responder == null) {
            return Optional.empty();
        }
        Subject subject = new Subject(certificate, issuer, responder);
        Instant now = clock.instant();
        Kept found = kept.get(subject);
        if (found == null || !now.isBefore(found.usableUntil)) {
            return Optional.of(await(subject));
        }
        found.lastAsked = now;
        return Optional.of(found.answer);
    }

    private OcspAnswer await(Subject subject) {
        try {
            // One that waits for a fetcher may wait longer than the fetch itself takes.
            return fetch(subject).get(settings.timeout().toMillis() * 2, TimeUnit.MILLISECONDS).answer;
        } catch (TimeoutException | ExecutionException e) {
            return new OcspAnswer.Unanswered("the status was not answered in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new OcspAnswer.Unanswered("interrupted while waiting for the status");
        }
    }

    /** Fetches once for all who wait. */
    private CompletableFuture<Kept> fetch(Subject subject) {
        CompletableFuture<Kept> mine = new CompletableFuture<>();
        CompletableFuture<Kept> other = underWay.putIfAbsent(subject, mine);
        if (other != null) {
            return other;
        }
        try {
            fetchers.execute(() -> fetchNow(subject, mine));
        } catch (RejectedExecutionException e) {
            underWay.remove(subject, mine);
            mine.complete(failed(new OcspAnswer.Unanswered("too many status requests are under way"), clock.instant()));
        }
        return mine;
    }

    private void fetchNow(Subject subject, CompletableFuture<Kept> waiting) {
        try {
            OcspAnswer answer = request(subject);
            Kept fresh = keep(subject, answer);
            underWay.remove(subject, waiting);
            waiting.complete(fresh);
        } catch (RuntimeException e) {
            LOG.error(
                    "asking for the status of {} failed", subject.certificate().getSerialNumber(), e);
            underWay.remove(subject, waiting);
            waiting.completeExceptionally(e);
        }
    }

    private OcspAnswer request(Subject subject) {
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        try {
            byte[] request =
                    OcspMessages.request(subject.issuer(), subject.certificate().getSerialNumber(), nonce);
            byte[] response = http.post(subject.responder(), REQUEST_TYPE, request, MAX_RESPONSE_OCTETS);
            return OcspMessages.read(
                    response,
                    new OcspMessages.Question(
                            subject.certificate(),
                            subject.issuer(),
                            nonce,
                            settings.nonceRequired(),
                            clock.instant(),
                            settings.clockSkew()));
        } catch (IOException | GeneralSecurityException e) {
            return new OcspAnswer.Unanswered(String.valueOf(e.getMessage()));
        }
    }

    private Kept keep(Subject subject, OcspAnswer answer) {
        Instant now = clock.instant();
        Kept before = kept.get(subject);
        if (answer instanceof OcspAnswer.Stated stated) {
            // What it does not know yet, it may know in a moment: a certificate may be used as soon as it is issued.
            boolean known = stated.statement().status() != OcspStatement.Status.UNKNOWN;
            Instant ceiling = now.plus(known ? settings.statementCeiling() : RETRY);
            Instant next = stated.statement().nextUpdate();
            Instant until = next.isBefore(ceiling) ? next : ceiling;
            Instant refreshFrom = now.plus(Duration.between(now, until).dividedBy(2));
            Kept fresh = new Kept(answer, until, refreshFrom, before == null ? now : before.lastAsked);
            bound();
            kept.put(subject, fresh);
            return fresh;
        }
        String reason = ((OcspAnswer.Unanswered) answer).reason();
        BigInteger serial = subject.certificate().getSerialNumber();
        if (before != null && before.stated() && now.isBefore(before.usableUntil)) {
            LOG.warn(
                    "no new status of certificate {} from {}, the last one counts until {}: {}",
                    serial,
                    subject.responder(),
                    before.usableUntil,
                    reason);
            Kept again = new Kept(before.answer, before.usableUntil, now.plus(RETRY), before.lastAsked);
            kept.put(subject, again);
            return again;
        }
        LOG.warn("no status of certificate {} from {}: {}", serial, subject.responder(), reason);
        Kept failed = failed(answer, before == null ? now : before.lastAsked);
        bound();
        kept.put(subject, failed);
        return failed;
    }

    private Kept failed(OcspAnswer answer, Instant lastAsked) {
        Instant retry = clock.instant().plus(RETRY);
        return new Kept(answer, retry, retry, lastAsked);
    }

    /** Makes room by forgetting what was asked longest ago. */
    private void bound() {
        if (kept.size() >= settings.maxStatements()) {
            kept.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().lastAsked))
                    .ifPresent(oldest -> kept.remove(oldest.getKey(), oldest.getValue()));
        }
    }

    private void refresh() {
        try {
            Instant now = clock.instant();
            kept.forEach((subject, found) -> {
                if (found.lastAsked.isBefore(now.minus(IDLE))) {
                    kept.remove(subject, found);
                } else if (found.stated() && !now.isBefore(found.refreshFrom)) {
                    fetch(subject);
                }
            });
        } catch (RuntimeException e) {
            // An exception would end the schedule, and with it every later refresh.
            LOG.error("refreshing the certificates' status failed", e);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        fetchers.shutdownNow();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
