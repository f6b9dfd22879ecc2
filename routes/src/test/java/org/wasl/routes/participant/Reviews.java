package org.wasl.routes.participant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.wasl.connectors.Connector;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.ConnectorResult;
import org.wasl.connectors.Connectors;
import org.wasl.schemas.identifier.ServiceId;

/** Justice's back-end: reviews by hand, each in a file, so that it outlives whoever is killed. */
final class Reviews implements Connector, Connectors {

    static final ServiceId STATUS = ServiceId.parse("JO/GOV/MOJ/justice/conviction-status/v1");

    private final Path directory;

    Reviews(Path directory) {
        this.directory = directory;
    }

    /** The clerk decides. */
    void decide(String number) throws IOException {
        Files.createFile(directory.resolve("decided-" + number));
    }

    /** Whether what was decided has been read. */
    boolean released(String number) {
        return Files.exists(directory.resolve("released-" + number));
    }

    @Override
    public ConnectorResult fetch(ConnectorQuery query) {
        String number = query.parameters().getOrDefault("nationalNumber", "");
        if (!Files.exists(directory.resolve("decided-" + number))) {
            return new ConnectorResult.Deferred(
                    "REVIEW-" + number,
                    "MANUAL_REVIEW",
                    "قيد المراجعة",
                    "Under review",
                    Duration.ofSeconds(1),
                    Duration.ofHours(1),
                    Duration.ofMillis(300),
                    Duration.ofMillis(600));
        }
        try {
            Files.createFile(directory.resolve("released-" + number));
        } catch (FileAlreadyExistsException e) {
            // Read before, by another request or before a kill.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String record = "<justice:status xmlns:justice=\"urn:wasl:justice:1\"><justice:identifier scheme=\"JO-NAT\">"
                + number + "</justice:identifier><justice:purpose>NO_CONVICTION_CERTIFICATE</justice:purpose>"
                + "<justice:result>CLEAR</justice:result></justice:status>";
        return new ConnectorResult.Found(record.getBytes(StandardCharsets.UTF_8), Instant.now(), true);
    }

    @Override
    public Optional<Connector> connector(ServiceId service) {
        return service.equals(STATUS) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Set<ServiceId> services() {
        return Set.of(STATUS);
    }
}
