package org.wasl.faults;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.wasl.faults.check.Checker;
import org.wasl.faults.check.Collection;
import org.wasl.faults.check.Evidence;
import org.wasl.faults.check.LoggedLeaf;
import org.wasl.faults.check.Violation;
import org.wasl.faults.fault.Episode;
import org.wasl.faults.fault.Fault;
import org.wasl.faults.fault.Runner;
import org.wasl.faults.fault.Stage;
import org.wasl.faults.ledger.Disclosure;
import org.wasl.faults.ledger.Ledger;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Callers;
import org.wasl.faults.load.Flow;
import org.wasl.faults.load.Load;
import org.wasl.faults.load.Questions;
import org.wasl.faults.report.RunReport;
import org.wasl.faults.site.Launcher;
import org.wasl.faults.site.Site;
import org.wasl.faults.site.SiteLog;

/** One run: a site is started, looked at undisturbed, broken again and again under load, brought to rest, and judged. */
final class Session {

    private static final Duration PATIENCE = Duration.ofSeconds(70);
    private static final Duration REST = Duration.ofMinutes(3);
    private static final Duration WARM = Duration.ofSeconds(15);
    private static final Duration CAPACITY = Duration.ofSeconds(10);
    /** More than a node on a small machine answers at once, so that it is never idle while its capacity is measured. */
    private static final int CALLERS = 48;

    private static final int EACH_FLOW = 5;
    /** A process dies more often than anything else happens: so many turns before each other fault. */
    private static final Map<String, Integer> OFTEN = Map.of("node-killed", 1, "part-killed", 1);

    private final Site site;
    private final Launcher launcher;
    private final Path directory;
    private final Terms terms;
    private final Progress progress;

    /**
     * @param length how long faults follow each other; zero for each once
     * @param share of the measured capacity that the load takes, in percent
     * @param rate of the load, when it is not measured; 0 to measure
     * @param families of the population
     */
    record Terms(long seed, Duration length, int share, double rate, int families, boolean quick) {}

    /** Is told what goes on, by the key of a text and its values. */
    interface Progress {
        void tell(String key, Object... values);
    }

    Session(Site site, Launcher launcher, Path directory, Terms terms, Progress progress) {
        this.site = site;
        this.launcher = launcher;
        this.directory = directory;
        this.terms = terms;
        this.progress = progress;
    }

    RunReport run(List<Fault> faults) throws IOException, InterruptedException {
        Map<String, String> facts = new TreeMap<>();
        Map<String, String> notRun = new TreeMap<>();
        Path file = directory.resolve("ledger-" + terms.seed() + ".ndjson");
        Files.deleteIfExists(file);
        progress.tell("run.starting", site.name());
        site.start();
        try (Ledger ledger = Ledger.open(file);
                Load load = new Load(
                        new Callers(site, PATIENCE),
                        ledger,
                        new Questions(terms.seed(), terms.families()),
                        terms.seed())) {
            Map<String, Set<String>> steps = new HashMap<>();
            Map<String, Integer> lines = calibrate(load, steps);
            double rate = terms.rate();
            String basis = "as told";
            if (rate <= 0) {
                double capacity = capacity(load);
                rate = capacity * terms.share() / 100;
                basis = String.format(
                        Locale.ROOT,
                        "%d %% of the %.1f that it answered to %d callers without a pause",
                        terms.share(),
                        capacity,
                        CALLERS);
            }
            facts.put("load", String.format(Locale.ROOT, "%.1f requests a second, %s", rate, basis));
            facts.put("lines of a back-end's book an exchange", lines.toString());
            progress.tell("run.rate", String.format(Locale.ROOT, "%.1f", rate));
            load.begin(rate);
            List<Fault> possible = new ArrayList<>();
            for (Fault fault : faults) {
                fault.missing(site).ifPresentOrElse(why -> notRun.put(fault.name(), why), () -> possible.add(fault));
            }
            List<Episode> episodes = episodes(new Runner(site, load, rate, terms.quick()), possible);
            Set<String> tried = episodes.stream().map(Episode::fault).collect(toSet());
            possible.stream()
                    .filter(fault -> !tried.contains(fault.name()))
                    .forEach(fault -> notRun.put(fault.name(), "there was no time left for it"));
            rest(load);
            progress.tell("run.checking");
            List<LedgerEntry> entries = ledger.entries();
            Evidence evidence = Collection.of(site, launcher, entries, lines, steps);
            List<Violation> violations = Checker.violations(evidence);
            facts.put("offered", String.format(Locale.ROOT, "%.1f requests a second on average", load.offered()));
            facts.putAll(machine());
            return new RunReport(
                    terms.seed(),
                    site.name(),
                    facts,
                    RunReport.told(episodes, entries),
                    notRun,
                    violations,
                    counts(evidence, load));
        }
    }

    /** Asks a few of each kind alone, to see what an undisturbed exchange reads and which sources a composite has. */
    private Map<String, Integer> calibrate(Load load, Map<String, Set<String>> steps)
            throws IOException, InterruptedException {
        for (Flow flow : Flow.values()) {
            for (int i = 0; i < EACH_FLOW; i++) {
                load.askNow(load.questions().next(flow))
                        .filter(told -> !told.sources().isEmpty())
                        .ifPresent(told -> steps.put(
                                flow.label(), Set.copyOf(told.sources().keySet())));
            }
        }
        return Checker.linesOf(
                new Evidence(load.ledger().entries(), disclosures(), leaves(), Map.of(), Map.of(), Map.of()));
    }

    private List<Disclosure> disclosures() throws IOException {
        List<Disclosure> all = new ArrayList<>();
        for (Path books : site.books()) {
            all.addAll(Disclosure.books(books));
        }
        return all;
    }

    private List<LoggedLeaf> leaves() throws IOException {
        List<LoggedLeaf> all = new ArrayList<>();
        for (SiteLog log : site.logs()) {
            all.addAll(Collection.leaves(log));
        }
        return all;
    }

    /** How many are answered a second when many callers ask as fast as they can, once it is warm. */
    private double capacity(Load load) throws InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        long begun = System.nanoTime();
        long warm = begun + WARM.toNanos();
        long until = warm + CAPACITY.toNanos();
        AtomicLong answered = new AtomicLong();
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> {
                while (System.nanoTime() < until) {
                    boolean told = load.askNow(load.questions().next())
                            .filter(Told::said)
                            .isPresent();
                    if (told && System.nanoTime() > warm && System.nanoTime() < until) {
                        answered.incrementAndGet();
                    }
                }
            });
        }
        callers.shutdown();
        if (!callers.awaitTermination(
                PATIENCE.toSeconds() + WARM.toSeconds() + CAPACITY.toSeconds(), TimeUnit.SECONDS)) {
            callers.shutdownNow();
        }
        return Math.max(1, answered.get() / (double) CAPACITY.toSeconds());
    }

    private List<Episode> episodes(Runner runner, List<Fault> faults) throws IOException, InterruptedException {
        List<Episode> episodes = new ArrayList<>();
        List<Fault> order = new ArrayList<>(faults);
        if (terms.length().isZero()) {
            for (Fault fault : order) {
                episodes.add(episode(runner, fault, episodes.size()));
            }
            return episodes;
        }
        long until = System.nanoTime() + terms.length().toNanos();
        Random random = new Random(terms.seed());
        List<Fault> often =
                order.stream().filter(fault -> OFTEN.containsKey(fault.name())).toList();
        List<Fault> others = new ArrayList<>(order);
        others.removeAll(often);
        // Each is tried once, though a slow machine take half as long again.
        long latest = until + terms.length().toNanos() / 2;
        for (boolean first = true; first || System.nanoTime() < until; first = false) {
            Collections.shuffle(others, random);
            for (Fault fault : turns(often, others)) {
                if (System.nanoTime() < (first ? latest : until)) {
                    episodes.add(episode(runner, fault, episodes.size()));
                }
            }
        }
        return episodes;
    }

    /** Before each of the others the one that comes often, as many times as it does; it alone when there are no others. */
    private static List<Fault> turns(List<Fault> often, List<Fault> others) {
        List<Fault> turns = new ArrayList<>();
        for (int i = 0; i < Math.max(1, others.size()); i++) {
            for (Fault fault : often) {
                turns.addAll(Collections.nCopies(OFTEN.getOrDefault(fault.name(), 1), fault));
            }
            if (i < others.size()) {
                turns.add(others.get(i));
            }
        }
        return turns;
    }

    private Episode episode(Runner runner, Fault fault, int number) throws IOException, InterruptedException {
        progress.tell("run.fault", number + 1, fault.name());
        Episode episode = runner.run(fault, terms.seed() * 1_000_003L + number);
        episode.observations()
                .forEach(seen ->
                        progress.tell(seen.kept() ? "run.seen" : "run.seen-broken", seen.promise(), seen.seen()));
        if (!episode.failure().isEmpty()) {
            progress.tell("run.not-done", fault.name(), episode.failure());
        }
        return episode;
    }

    /** Nobody comes any more; whoever was cut off asks again, the clerks decide, and everything ends. */
    private void rest(Load load) throws IOException, InterruptedException {
        progress.tell("run.rest");
        load.rate(0);
        load.drain();
        site.revive();
        load.askAgain(REST, false);
        boolean late = site.decides();
        if (late) {
            site.backEnd("MOJ", "reviews", "clear");
        }
        load.askAgain(REST, late);
        if (late) {
            load.ledger().append(new LedgerEntry.Marked(System.currentTimeMillis(), "site", "all-said", ""));
        }
        long until = System.nanoTime() + REST.toNanos();
        while (!Checker.unanswered(leaves()).isEmpty() && System.nanoTime() < until) {
            Thread.sleep(1_000);
        }
    }

    private static Map<String, Long> counts(Evidence evidence, Load load) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(
                "requests intended",
                evidence.ledger().stream()
                        .filter(entry -> entry instanceof LedgerEntry.Intended)
                        .count());
        counts.put(
                "times asked",
                evidence.ledger().stream()
                        .filter(entry -> entry instanceof LedgerEntry.Sent)
                        .count());
        counts.put(
                "times answered",
                evidence.ledger().stream()
                        .filter(entry -> entry instanceof Told told && told.answered())
                        .count());
        counts.put(
                "times refused with a code",
                evidence.ledger().stream()
                        .filter(entry ->
                                entry instanceof Told told && !told.fault().isEmpty())
                        .count());
        counts.put(
                "times cut off",
                evidence.ledger().stream()
                        .filter(entry -> entry instanceof LedgerEntry.Silent silent && silent.reached())
                        .count());
        counts.put(
                "times nobody listened",
                evidence.ledger().stream()
                        .filter(entry -> entry instanceof LedgerEntry.Silent silent && !silent.reached())
                        .count());
        counts.put("callers held back, since too many waited", load.heldBack());
        counts.put(
                "kill -9 of a process",
                evidence.ledger().stream()
                        .filter(entry ->
                                entry instanceof LedgerEntry.Marked marked && Stage.KILLED.equals(marked.phase()))
                        .count());
        counts.put("disclosures in the back-ends' books", (long)
                evidence.disclosures().size());
        counts.put("leaves in the logs", (long) evidence.leaves().size());
        return counts;
    }

    private static Map<String, String> machine() {
        return Map.of(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + ", Java " + System.getProperty("java.vm.version"));
    }
}
