package org.wasl.node.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The node that runs on a data directory, as it wrote it down in {@code node.json} for other commands.
 *
 * @param pid its process
 * @param started when it was ready, ISO 8601
 * @param portalUrl where the portal's edge is, without a slash at the end
 * @param agencyUrl where the agencies' edge is
 * @param managementUrl where health and metrics are
 * @param issuer who issues bearer tokens
 * @param embeddedIssuer whether that is the node itself
 * @param backEnds where the sample agencies' back-ends are, by name
 * @param registry how it stands with its registry; null when it did not say
 */
public record NodeState(
        long pid,
        String started,
        String portalUrl,
        String agencyUrl,
        String managementUrl,
        String issuer,
        boolean embeddedIssuer,
        Map<String, String> backEnds,
        @Nullable RegistryState registry) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public NodeState {
        backEnds = Map.copyOf(backEnds);
    }

    /** The same node, with its registry as it is now. */
    public NodeState with(RegistryState now) {
        return new NodeState(pid, started, portalUrl, agencyUrl, managementUrl, issuer, embeddedIssuer, backEnds, now);
    }

    /** The node that runs on this directory; empty when none does. */
    public static Optional<NodeState> running(DataDirectory directory) throws IOException {
        if (!Files.isRegularFile(directory.stateFile())) {
            return Optional.empty();
        }
        NodeState state;
        try {
            state = JSON.readValue(Files.readAllBytes(directory.stateFile()), NodeState.class);
        } catch (JsonProcessingException unreadable) {
            // Written whole or not at all: whatever this is, no node of ours wrote it.
            return Optional.empty();
        }
        boolean alive =
                ProcessHandle.of(state.pid()).map(ProcessHandle::isAlive).orElse(false);
        return alive ? Optional.of(state) : Optional.empty();
    }

    /** Writes it down, whole or not at all. */
    public void write(DataDirectory directory) throws IOException {
        Path draft = directory.root().resolve("node.json.new");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        Files.move(draft, directory.stateFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what a stopped node wrote. */
    public static void remove(DataDirectory directory) throws IOException {
        Files.deleteIfExists(directory.stateFile());
    }
}
