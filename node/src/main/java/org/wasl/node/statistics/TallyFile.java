package org.wasl.node.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/**
 * Keeps the counts between two runs, so that the log is not read from its beginning at each start. It is derived: without
 * it the log is counted again.
 */
final class TallyFile {

    private static final Logger LOG = LoggerFactory.getLogger(TallyFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 3;
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private final Path file;

    TallyFile(Path file) {
        this.file = file;
    }

    /**
     * What is kept.
     *
     * @param log the log's id
     * @param leaves how many of its leaves are counted
     * @param last the last of them, its hash in hexadecimal digits: a log that was set back and went on otherwise has another
     */
    record Kept(
            int format,
            UUID log,
            long leaves,
            String last,
            List<Count> counts,
            List<Waiting> open,
            List<Rated> rated,
            Unfinished unfinished) {}

    record Count(String service, String channel, Outcome outcome, String period, long requests) {}

    record Waiting(String id, String service, String channel, String period) {}

    record Rated(String service, List<Long> byScore) {}

    /** What was kept; empty when nothing was, or it cannot be read: then the log is counted again. */
    Optional<Kept> read() throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode kept = JSON.readTree(AtomicFile.read(file, MAX_BYTES));
            // An earlier format lacks something: then the log is counted again.
            return kept.path("format").asInt() == FORMAT
                    ? Optional.of(JSON.treeToValue(kept, Kept.class))
                    : Optional.empty();
        } catch (JsonProcessingException damaged) {
            LOG.warn("{} cannot be read, requests are counted again from the log", file, damaged);
            return Optional.empty();
        }
    }

    void write(UUID log, long leaves, String last, Tally tally) throws IOException {
        List<Count> counts = new ArrayList<>();
        tally.cells()
                .forEach((cell, count) -> counts.add(new Count(
                        cell.service(),
                        cell.channel(),
                        cell.outcome(),
                        cell.period().toString(),
                        count)));
        List<Waiting> open = new ArrayList<>();
        tally.open()
                .forEach((id, cell) -> open.add(new Waiting(
                        id, cell.service(), cell.channel(), cell.period().toString())));
        List<Rated> rated = new ArrayList<>();
        tally.ratings().forEach((service, ratings) -> rated.add(new Rated(service, ratings.byScore())));
        Path parent = file.getParent();
        if (parent != null) {
            AtomicFile.directory(parent, Readers.OWNER);
        }
        AtomicFile.write(
                file,
                JSON.writeValueAsBytes(new Kept(FORMAT, log, leaves, last, counts, open, rated, tally.unfinished())),
                Readers.OWNER);
    }

    /** Gives what was kept to a tally. */
    static void restore(Kept kept, Tally tally) {
        Map<Cell, Long> counts = new TreeMap<>();
        kept.counts()
                .forEach(count -> counts.put(
                        new Cell(count.service(), count.channel(), count.outcome(), YearMonth.parse(count.period())),
                        count.requests()));
        Map<String, Cell> open = new LinkedHashMap<>();
        kept.open()
                .forEach(waiting -> open.put(
                        waiting.id(),
                        new Cell(
                                waiting.service(),
                                waiting.channel(),
                                Outcome.OPEN,
                                YearMonth.parse(waiting.period()))));
        Map<String, Ratings> rated = new TreeMap<>();
        kept.rated().forEach(each -> rated.put(each.service(), new Ratings(each.byScore())));
        tally.restore(counts, open, rated, kept.unfinished());
    }
}
