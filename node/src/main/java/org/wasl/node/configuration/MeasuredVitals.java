package org.wasl.node.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.template.CamelConnectors;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.publication.CheckpointPublisher;
import org.wasl.messagelog.publication.TimeStamper;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.watch.VitalSigns;
import org.wasl.node.watch.Vitals;
import org.wasl.routes.broker.Broker;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;

/** Measures the running node; what was measured a second ago is told again, however many ask. */
final class MeasuredVitals implements VitalSigns {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    /** What ends later than this need not be listed. */
    private static final Duration FORESIGHT = Duration.ofDays(400);

    private final Parts parts;
    private final Clock clock;
    private @Nullable Vitals last;
    private long lastNanos;

    /** What is measured. */
    record Parts(
            DataDirectory directory,
            MessageLog log,
            CheckpointPublisher publisher,
            TimeStamper stamper,
            Broker broker,
            ExchangeNode exchange,
            CamelConnectors connectors,
            RegistryFiles registry,
            CertificateWatch certificates) {}

    MeasuredVitals(Parts parts, Clock clock) {
        this.parts = parts;
        this.clock = clock;
    }

    @Override
    public synchronized Vitals read() {
        Vitals known = last;
        long now = System.nanoTime();
        if (known != null && now - lastNanos < FRESH_NANOS) {
            return known;
        }
        Vitals measured = measure();
        last = measured;
        lastNanos = now;
        return measured;
    }

    private Vitals measure() {
        Registry registry = parts.registry().get();
        try {
            FileStore disk = Files.getFileStore(parts.directory().root());
            return new Vitals(
                    clock.instant().truncatedTo(ChronoUnit.SECONDS),
                    parts.log().available(),
                    parts.log().size(),
                    bytes(parts.directory().logDatabase()),
                    disk.getUsableSpace(),
                    disk.getTotalSpace(),
                    parts.publisher().state().uncoveredFor(),
                    parts.stamper().state().uncoveredFor(),
                    parts.exchange().inFlight(),
                    parts.exchange().owedAnswers(),
                    parts.exchange().awaitedAnswers(),
                    parts.broker().depths(),
                    parts.connectors().states(),
                    registry.version(),
                    registry.expires(),
                    parts.certificates().within(FORESIGHT));
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory cannot be measured", e);
        }
    }

    private static long bytes(Path database) throws IOException {
        long bytes = 0;
        for (String file : new String[] {"", "-wal"}) {
            Path part = database.resolveSibling(database.getFileName() + file);
            bytes += Files.exists(part) ? Files.size(part) : 0;
        }
        return bytes;
    }
}
