package org.wasl.faults.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.wasl.faults.ledger.Ledger;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.node.client.ConsolidatedAnswer;

/**
 * Callers who come at a rate, whatever becomes of those before; what each was told is in the ledger. Some ask the same thing twice
 * at once, as impatient people and repeating systems do. Times count from when somebody should have asked.
 */
public final class Load implements AutoCloseable {

    private static final int MOST_AT_ONCE = 96;
    /** Refusals of a node that took nothing in. */
    private static final Set<String> NOT_TAKEN = Set.of(
            "wasl.log.unavailable",
            "wasl.log.disputed",
            "wasl.log.not-witnessed",
            "wasl.node.overloaded",
            "wasl.broker.full",
            "wasl.broker.unavailable",
            "wasl.assertion.unavailable");

    private static final int ONE_IN = 20;
    private static final int AGAIN_AT_ONCE = 8;
    private static final int MOST_REFUSED = 40;
    private static final Duration END = Duration.ofMinutes(2);
    /** A machine on which nobody listens says so sooner. */
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private final Callers callers;
    private final Ledger ledger;
    private final Questions questions;
    private final SplittableRandom random;
    private final ThreadPoolExecutor askers = new ThreadPoolExecutor(
            MOST_AT_ONCE, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_AT_ONCE), work -> {
                Thread thread = new Thread(work, "caller");
                thread.setDaemon(true);
                return thread;
            });
    private final Map<String, Question> open = new ConcurrentHashMap<>();
    /** Those who were told that their answer comes later: they ask when everybody has said what they had to say. */
    private final Map<String, Question> announced = new ConcurrentHashMap<>();

    /** Whose connection broke: it may have been taken in. */
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicLong pacedNanos = new AtomicLong();
    private final AtomicLong heldBack = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private volatile double perSecond;
    private volatile boolean stopped;
    private @Nullable Thread pacer;

    public Load(Callers callers, Ledger ledger, Questions questions, long seed) {
        this.callers = callers;
        this.ledger = ledger;
        this.questions = questions;
        this.random = new SplittableRandom(seed);
        askers.allowCoreThreadTimeOut(true);
    }

    /** Begins; the rate may be changed at any time. */
    public void begin(double rate) throws IOException, InterruptedException {
        callers.ready();
        perSecond = rate;
        Thread thread = new Thread(this::pace, "pacer");
        thread.setDaemon(true);
        pacer = thread;
        thread.start();
    }

    /** So many a second from now on; 0 for nobody. */
    public void rate(double rate) {
        perSecond = rate;
    }

    private void pace() {
        long due = System.nanoTime();
        try {
            while (!stopped) {
                double rate = perSecond;
                if (rate <= 0) {
                    Thread.sleep(10);
                    due = System.nanoTime();
                    continue;
                }
                long gap = (long) (-Math.log(1 - random.nextDouble()) / rate * 1e9);
                due += gap;
                pacedNanos.addAndGet(gap);
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                arrive(due);
            }
        } catch (InterruptedException e) {
            // Told to end.
            Thread.currentThread().interrupt();
        }
    }

    private void arrive(long due) {
        arrivals.incrementAndGet();
        Question question = questions.next();
        intend(question);
        submit(question, due);
        if (random.nextInt(ONE_IN) == 0) {
            submit(question, due);
        }
    }

    /** Writes down that somebody is going to ask this; once for each question. */
    public void intend(Question question) {
        ledger.append(new LedgerEntry.Intended(
                System.currentTimeMillis(), question.key(), question.flow().label(), question.subject()));
        open.put(question.key(), question);
    }

    private void submit(Question question, long due) {
        try {
            askers.execute(() -> ask(question, due));
        } catch (RejectedExecutionException full) {
            heldBack.incrementAndGet();
            if (!attempts.containsKey(question.key())) {
                open.remove(question.key());
            }
        }
    }

    /** Asks this now, and waits. */
    public Optional<Told> askNow(Question question) {
        intend(question);
        return ask(question, System.nanoTime());
    }

    /** Asks this now, and waits; a coded refusal, whatever it says, is its end: it is not asked again. */
    public Optional<Told> askOnce(Question question) {
        Optional<Told> told = askNow(question);
        if (told.filter(one -> !one.fault().isEmpty()).isPresent()) {
            open.remove(question.key());
            refused.remove(question.key());
        }
        return told;
    }

    /** Asks a question again that was intended before. */
    public Optional<Told> repeat(Question question) {
        return ask(question, System.nanoTime());
    }

    private Optional<Told> ask(Question question, long due) {
        int attempt = attempts.merge(question.key(), 1, Integer::sum);
        ledger.append(new LedgerEntry.Sent(System.currentTimeMillis(), question.key(), attempt));
        HttpResponse<byte[]> answer;
        long asked = System.nanoTime();
        try {
            answer = callers.ask(question);
        } catch (IOException silent) {
            // The client sends once more by itself what was cut off before any answer, and then says that nobody
            // listened.
            boolean refusedAtOnce = System.nanoTime() - asked < AT_ONCE.toNanos();
            boolean reached = !(silent instanceof ConnectException && refusedAtOnce);
            ledger.append(new LedgerEntry.Silent(
                    System.currentTimeMillis(), question.key(), attempt, reached, silent.toString(), micros(due)));
            if (reached) {
                cutOff.add(question.key());
                open.put(question.key(), question);
            } else if (attempt == 1 && !cutOff.contains(question.key())) {
                // Nobody listened: nothing was taken in, nothing is owed.
                open.remove(question.key());
            }
            ended.incrementAndGet();
            return Optional.empty();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        Told told = told(question, attempt, answer, due);
        ledger.append(told);
        if (told.answered() || (!told.fault().isEmpty() && !(again(told) && kept(question)))) {
            open.remove(question.key());
            announced.remove(question.key());
            refused.remove(question.key());
        } else if (told.running()) {
            open.put(question.key(), question);
        } else if (told.announced() && open.remove(question.key()) != null) {
            announced.put(question.key(), question);
        }
        if (told.answered()) {
            answered.incrementAndGet();
        }
        ended.incrementAndGet();
        return Optional.of(told);
    }

    /** A refusal is an end; some who met one ask again all the same, to see that it was none for good. */
    private boolean kept(Question question) {
        return refused.contains(question.key()) || (refused.size() < MOST_REFUSED && refused.add(question.key()));
    }

    /** Whether the same question may be answered otherwise later: nothing was logged for it. A signed fault stays what it is. */
    private static boolean again(Told told) {
        return NOT_TAKEN.contains(told.fault());
    }

    private static Told told(Question question, int attempt, HttpResponse<byte[]> answer, long due) {
        boolean composed = question.flow().composite() && answer.statusCode() < 300;
        Optional<ConsolidatedAnswer> read = composed ? ConsolidatedAnswer.read(answer.body()) : Optional.empty();
        Map<String, String> sources = new LinkedHashMap<>();
        read.ifPresent(
                consolidated -> consolidated.sources().forEach(source -> sources.put(source.step(), source.status())));
        String tracked = answer.headers()
                .firstValue("Content-Location")
                .or(() -> answer.headers().firstValue("Location"))
                .map(path -> path.replaceFirst("^.*/requests/", ""))
                .orElse("");
        return new Told(
                System.currentTimeMillis(),
                question.key(),
                attempt,
                answer.statusCode(),
                Callers.fault(answer),
                sha256(answer.body()),
                answer.headers().firstValue("Wasl-Reply-Id").orElse(""),
                answer.headers().firstValue("Wasl-Interim-Id").orElse(""),
                question.flow().composite() ? tracked : question.key(),
                read.map(ConsolidatedAnswer::overall).orElse(""),
                read.map(ConsolidatedAnswer::decision).orElse(""),
                sources,
                micros(due));
    }

    private static long micros(long since) {
        return (System.nanoTime() - since) / 1_000;
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** How many came a second while somebody came: what was really offered, whatever became of them. */
    public double offered() {
        return arrivals.get() / Math.max(1e-3, pacedNanos.get() / 1e9);
    }

    /** How many were answered with what they asked for. */
    public long answered() {
        return answered.get();
    }

    /** How many heard something or gave up. */
    public long ended() {
        return ended.get();
    }

    /** How many could not be sent when they were due, since too many waited. */
    public long heldBack() {
        return heldBack.get();
    }

    /** Waits until nobody waits for an answer any more. */
    public void drain() throws InterruptedException {
        long until = System.nanoTime() + END.toNanos();
        while ((askers.getActiveCount() > 0 || !askers.getQueue().isEmpty()) && System.nanoTime() < until) {
            Thread.sleep(20);
        }
    }

    /**
     * Asks again, a few at a time, whatever has no end yet; an announcement is one until answers have to be there.
     *
     * @param late whether announced answers have to be there by now, so that the announcement alone is no end
     * @return how many had none
     */
    public int askAgain(Duration longest, boolean late) throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        List<Question> left = new ArrayList<>(open.values());
        if (late) {
            left.addAll(announced.values());
        }
        int asked = left.size();
        ExecutorService again = Executors.newFixedThreadPool(AGAIN_AT_ONCE);
        try {
            while (!left.isEmpty() && System.nanoTime() < until) {
                List<Callable<Optional<Question>>> each = left.stream()
                        .<Callable<Optional<Question>>>map(question -> () -> still(question, until, late))
                        .toList();
                List<Question> still = new ArrayList<>();
                for (Future<Optional<Question>> one : again.invokeAll(each)) {
                    one.get().ifPresent(still::add);
                }
                left = still;
                if (!left.isEmpty()) {
                    Thread.sleep(200);
                }
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("nobody can ask again", failed);
        } finally {
            again.shutdownNow();
        }
        return asked;
    }

    /** Asks again while there is time; the question, when it still has no end. */
    private Optional<Question> still(Question question, long until, boolean late) {
        if (System.nanoTime() > until) {
            return Optional.of(question);
        }
        Optional<Told> told = ask(question, System.nanoTime());
        boolean open = told.isEmpty()
                || told.get().running()
                || again(told.get())
                || (late && told.get().announced());
        return open ? Optional.of(question) : Optional.empty();
    }

    public Ledger ledger() {
        return ledger;
    }

    public Questions questions() {
        return questions;
    }

    public Callers callers() {
        return callers;
    }

    /** Nobody comes any more; who waits is cut off. */
    @Override
    public void close() {
        stopped = true;
        Thread thread = pacer;
        if (thread != null) {
            thread.interrupt();
        }
        askers.shutdownNow();
        try {
            if (!askers.awaitTermination(END.toSeconds(), TimeUnit.SECONDS)) {
                throw new UncheckedIOException(new IOException("a caller does not end"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
