package org.wasl.routes.held;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.identifier.MemberId;

/**
 * The last answers to what was asked, held in a cache. Each is bound to a mark of its subject that stood before it was
 * asked. Whoever evicts a subject takes that mark away, and with it all that was asked before, on its way or held: no
 * answer has to be found for that, and a mark that got lost loses its answers rather than keeping them.
 */
public final class HeldAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(HeldAnswers.class);
    private static final int MARK_BYTES = 16;

    private final Map<MemberId, HeldCipher> ciphers = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong lookUps = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final AnswerCache cache;
    private final SiteKey key;
    private final HeldSettings settings;
    private final LongSupplier nanoTime;
    private final Semaphore inFlight;
    private volatile long restUntil;

    /**
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public HeldAnswers(AnswerCache cache, SiteKey key, HeldSettings settings, LongSupplier nanoTime) {
        this.cache = cache;
        this.key = key;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.inFlight = new Semaphore(settings.inFlightMax());
        this.restUntil = nanoTime.getAsLong();
    }

    /** Holds nothing. */
    public static HeldAnswers none() {
        return new HeldAnswers(AnswerCache.NONE, SiteKey.of(new byte[32]), HeldSettings.defaults(), System::nanoTime);
    }

    /** Whether anything is held at all. */
    public boolean holds() {
        return cache.holds();
    }

    /**
     * The right to hold the answer to a question that is about to be asked.
     *
     * @param question the question
     * @param mark the subject's mark as it stood before
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    public record Ticket(HeldQuestion question, byte[] mark) {}

    /**
     * Takes note that this is about to be asked. Ask once it is done: an answer given before is bound to no mark. It is
     * always done, within the timeout; empty when the answer cannot be held.
     */
    public CompletableFuture<Optional<Ticket>> asking(HeldQuestion question) {
        String subject = question.subject();
        if (subject == null || !cache.holds()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        MemberId member = question.consumer().member();
        HeldCipher cipher = cipher(member);
        byte[] name = cipher.subject(subject);
        return guarded(() -> cache.get(member, name).thenCompose(value -> {
                    Optional<byte[]> mark = value.flatMap(octets -> cipher.open(name, octets));
                    if (mark.isPresent()) {
                        return CompletableFuture.completedFuture(mark.get());
                    }
                    byte[] fresh = new byte[MARK_BYTES];
                    random.nextBytes(fresh);
                    return cache.put(member, name, cipher.seal(name, fresh), settings.longest())
                            .thenApply(done -> fresh);
                }))
                .thenApply(mark -> mark.map(octets -> new Ticket(question, octets)));
    }

    /**
     * Holds the answer; nobody waits for it.
     *
     * @param answer the whole container
     * @param life for how long at the most
     */
    public CompletableFuture<Boolean> hold(Ticket ticket, byte[] answer, Duration life) {
        if (answer.length > settings.largestBytes() || life.isNegative() || life.isZero()) {
            return CompletableFuture.completedFuture(false);
        }
        MemberId member = ticket.question().consumer().member();
        HeldCipher cipher = cipher(member);
        byte[] name = cipher.answer(ticket.question());
        byte[] value = ByteBuffer.allocate(MARK_BYTES + answer.length)
                .put(ticket.mark())
                .put(answer)
                .array();
        Duration most = life.compareTo(settings.longest()) > 0 ? settings.longest() : life;
        return guarded(() ->
                        cache.put(member, name, cipher.seal(name, value), most).thenApply(done -> name))
                .thenApply(Optional::isPresent);
    }

    /**
     * The last answer to this question, unless its subject was evicted since it was asked. It is always done, within the
     * timeout. Whoever uses it has to look at it as at any message that comes from outside.
     */
    public CompletableFuture<Optional<byte[]>> find(HeldQuestion question) {
        String subject = question.subject();
        if (subject == null || !cache.holds()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        MemberId member = question.consumer().member();
        HeldCipher cipher = cipher(member);
        byte[] subjectName = cipher.subject(subject);
        byte[] name = cipher.answer(question);
        return guarded(() -> cache.get(member, name)
                        .thenCombine(
                                cache.get(member, subjectName),
                                (value, mark) -> read(
                                        value.flatMap(octets -> cipher.open(name, octets)),
                                        mark.flatMap(octets -> cipher.open(subjectName, octets)))))
                .thenApply(this::counted);
    }

    private Optional<byte[]> counted(Optional<Optional<byte[]>> answer) {
        lookUps.incrementAndGet();
        Optional<byte[]> held = answer.flatMap(octets -> octets);
        if (held.isPresent()) {
            found.incrementAndGet();
        }
        return held;
    }

    private static Optional<byte[]> read(Optional<byte[]> value, Optional<byte[]> mark) {
        if (value.isEmpty()
                || mark.isEmpty()
                || value.get().length < MARK_BYTES
                || !Arrays.equals(Arrays.copyOf(value.get(), MARK_BYTES), mark.get())) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOfRange(value.get(), MARK_BYTES, value.get().length));
    }

    /**
     * Makes all that this member holds about this subject unusable, and whatever is on its way. Do it after the event
     * that makes it untrue is durable, and again until it is done without an exception.
     *
     * @return done when no such answer is used any more; exceptionally when the cache did not say so in time
     */
    public CompletableFuture<Void> evict(MemberId member, String subject) {
        if (!cache.holds()) {
            return CompletableFuture.completedFuture(null);
        }
        byte[] name = cipher(member).subject(subject);
        return attempt(() -> cache.remove(member, name)).thenApply(done -> null);
    }

    /** How often an earlier answer was looked for, since a source gave none. */
    public long lookUps() {
        return lookUps.get();
    }

    /** How often there was one. */
    public long found() {
        return found.get();
    }

    /** How often the cache failed or was too slow. */
    public long failures() {
        return failures.get();
    }

    private HeldCipher cipher(MemberId member) {
        return ciphers.computeIfAbsent(member, one -> new HeldCipher(key, one));
    }

    /** Empty instead of a failure, and at once while the cache is left alone. */
    private <T> CompletableFuture<Optional<T>> guarded(Supplier<CompletionStage<T>> operation) {
        if (nanoTime.getAsLong() - restUntil < 0 || !inFlight.tryAcquire()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return attempt(operation)
                .handle((result, failure) -> {
                    if (failure == null) {
                        return Optional.of(result);
                    }
                    failures.incrementAndGet();
                    restUntil = nanoTime.getAsLong() + settings.pause().toNanos();
                    LOG.warn(
                            "Held answers are not at hand, and left alone for {} s: {}",
                            settings.pause().toSeconds(),
                            cause(failure).toString());
                    return Optional.<T>empty();
                })
                .whenComplete((result, failure) -> inFlight.release());
    }

    /** Within the timeout, whatever the cache does, and by whatever way it fails. */
    private <T> CompletableFuture<T> attempt(Supplier<CompletionStage<T>> operation) {
        CompletionStage<T> begun;
        try {
            begun = operation.get();
        } catch (RuntimeException e) { // a cache that has ended says so at once
            return CompletableFuture.failedFuture(e);
        }
        return begun.toCompletableFuture().copy().orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
