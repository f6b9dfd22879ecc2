package org.wasl.agencies;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Properties;
import org.wasl.agencies.population.Population;

/** Which population a data directory holds: kept beside the data, so that a later start derives the same people. */
final class PopulationRecord {

    private static final String FILE = "population.properties";

    private PopulationRecord() {}

    /**
     * The directory's population; a new directory gets the one of the settings, as of today.
     *
     * @throws IOException when the directory holds another population than the settings ask for
     */
    static Population open(AgencySettings settings) throws IOException {
        Path file = settings.directory().resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(settings.directory());
            Population fresh = new Population(settings.seed(), settings.families(), LocalDate.now(settings.clock()));
            write(file, fresh);
            return fresh;
        }
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            kept.load(reader);
        }
        try {
            long seed = Long.parseLong(kept.getProperty("seed", ""));
            int families = Integer.parseInt(kept.getProperty("families", ""));
            if (seed != settings.seed() || families != settings.families()) {
                throw new IOException(
                        settings.directory() + " holds the population of seed " + seed + " with " + families
                                + " families, asked for were seed " + settings.seed() + " and " + settings.families()
                                + " families: give the same or another directory");
            }
            return new Population(seed, families, LocalDate.parse(kept.getProperty("today", "")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, Population population) throws IOException {
        Properties kept = new Properties();
        kept.setProperty("seed", Long.toString(population.seed()));
        kept.setProperty("families", Integer.toString(population.familyCount()));
        kept.setProperty("today", population.today().toString());
        Path next = Files.createTempFile(file.toAbsolutePath().getParent(), "population-", "");
        try (Writer writer = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
            kept.store(writer, null);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
