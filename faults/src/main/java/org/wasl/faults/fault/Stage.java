package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.load.Load;
import org.wasl.faults.site.Site;

/** Where a fault happens: a site under load, a seed of its own, and the ledger. */
public final class Stage {

    /** The phase from which on work may be begun and not ended, see {@code Interruption}. */
    static final String INJECTED = "injected";

    /** The phase in which a process was ended by {@code kill -9}; the report counts them. */
    public static final String KILLED = "killed";

    private final Site site;
    private final Load load;
    private final SplittableRandom random;
    private final boolean quick;
    private final double rate;
    private final String fault;
    private final long from;

    /**
     * @param quick whether counts are small and times short
     * @param rate of the load, requests a second
     */
    Stage(Site site, Load load, long seed, boolean quick, double rate, String fault) throws IOException {
        this.site = site;
        this.load = load;
        this.random = new SplittableRandom(seed);
        this.quick = quick;
        this.rate = rate;
        this.fault = fault;
        this.from = load.ledger().size();
    }

    public Site site() {
        return site;
    }

    public Load load() {
        return load;
    }

    SplittableRandom random() {
        return random;
    }

    double rate() {
        return rate;
    }

    /** So many in a whole run, so few in a quick one. */
    int count(int whole, int few) {
        return quick ? few : whole;
    }

    /** Waits so long in a whole run, and a sixth of it in a quick one. */
    void pause(Duration whole) throws InterruptedException {
        Thread.sleep(quick ? whole.toMillis() / 6 : whole.toMillis());
    }

    /** Asks one thing after the other until one is refused with this code: whether that was so before the patience ended. */
    boolean refused(String code, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < until) {
            if (load.askNow(load.questions().next(Flow.PERSON))
                    .filter(told -> code.equals(told.fault()))
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Writes down what happened to the site, and tells when. */
    long mark(String phase, String detail) {
        long now = System.currentTimeMillis();
        load.ledger().append(new LedgerEntry.Marked(now, fault, phase, detail));
        return now;
    }

    /** The entries of the ledger since this instant, and since this fault's turn began. */
    List<LedgerEntry> since(long millis) throws IOException {
        return load.ledger().entries(from).stream()
                .filter(entry -> entry.at() >= millis)
                .toList();
    }

    /** What callers were told between these instants. */
    List<Told> told(long from, long until) throws IOException {
        return since(from).stream()
                .filter(entry -> entry instanceof Told && entry.at() <= until)
                .map(entry -> (Told) entry)
                .toList();
    }
}
