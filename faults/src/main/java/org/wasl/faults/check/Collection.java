package org.wasl.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.wasl.faults.ledger.Disclosure;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.site.Launcher;
import org.wasl.faults.site.Site;
import org.wasl.faults.site.SiteLog;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;

/** Gathers the evidence of a run: each log is read by leaf as an auditor reads it, and judged by the offline verifier that is shipped. */
public final class Collection {

    private static final int ROWS_AT_ONCE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Collection() {}

    /** All of it, of a site at rest. */
    public static Evidence of(
            Site site,
            Launcher launcher,
            List<LedgerEntry> ledger,
            Map<String, Integer> linesOf,
            Map<String, Set<String>> stepsOf)
            throws IOException, InterruptedException {
        List<Disclosure> disclosures = new ArrayList<>();
        for (Path books : site.books()) {
            disclosures.addAll(Disclosure.books(books));
        }
        List<LoggedLeaf> leaves = new ArrayList<>();
        Map<String, String> verdicts = new TreeMap<>();
        for (SiteLog log : site.logs()) {
            leaves.addAll(leaves(log));
            verdicts.put(log.name(), verdict(launcher, log));
        }
        return new Evidence(ledger, disclosures, leaves, verdicts, linesOf, stepsOf);
    }

    /** All leaves of one log. */
    public static List<LoggedLeaf> leaves(SiteLog log) throws IOException {
        List<LoggedLeaf> leaves = new ArrayList<>();
        try (LogSource source = LogReader.open(log)) {
            long size = source.head().size();
            while (leaves.size() < size) {
                int before = leaves.size();
                source.leaves(before, ROWS_AT_ONCE, found -> {
                    if (found.index() < size) {
                        leaves.add(LoggedLeaf.of(log.name(), found.index(), found.leaf()));
                    }
                });
                if (leaves.size() == before) {
                    throw new IOException("the log of " + log.name() + " ends before its recorded size");
                }
            }
        } catch (LogStoreException unreadable) {
            throw new IOException("the log of " + log.name() + " cannot be read", unreadable);
        }
        return leaves;
    }

    private static String verdict(Launcher launcher, SiteLog log) throws IOException, InterruptedException {
        if (!log.url().isEmpty()) {
            return LogReader.verdict(log);
        }
        Launcher.Ended ended =
                launcher.run("log", "verify", "--json", "--data", log.data().toString());
        JsonNode verdict = JSON.readTree(ended.output());
        if (ended.ok() && verdict.path("intact").asBoolean()) {
            return Evidence.INTACT;
        }
        return "the offline verifier says (" + ended.exitCode() + "): "
                + (ended.output() + ended.errors()).replaceAll("\\s+", " ").strip();
    }
}
