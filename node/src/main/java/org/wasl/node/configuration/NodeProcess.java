package org.wasl.node.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;

/** One running node. Whoever starts it holds the data directory's lock. */
public final class NodeProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

    private final DataDirectory directory;
    private final ConfigurableApplicationContext context;
    private final NodeState state;

    private NodeProcess(DataDirectory directory, ConfigurableApplicationContext context, NodeState state) {
        this.directory = directory;
        this.context = context;
        this.state = state;
    }

    /**
     * Starts a node and waits until it serves.
     *
     * @throws IOException when the data directory cannot be written
     */
    public static NodeProcess start(NodeSettings settings) throws IOException {
        DataDirectory directory = settings.directory();
        directory.create();
        NodeState.remove(directory);
        SpringApplication application = new SpringApplication(NodeConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        // Whoever starts the node stops it, in order, and says so.
        application.setRegisterShutdownHook(false);
        ConfigurableApplicationContext context =
                application.run(arguments(settings).toArray(String[]::new));
        NodeStates states = context.getBean(NodeStates.class);
        NodeState state = states.state();
        state.write(directory);
        context.getBean(RegistryAnnouncements.class)
                .watch(() -> rewrite(directory, context, state.with(states.registry())));
        return new NodeProcess(directory, context, state);
    }

    /** Other commands read there how it stands with the registry. */
    private static void rewrite(DataDirectory directory, ConfigurableApplicationContext context, NodeState state) {
        try {
            if (context.isActive()) {
                state.write(directory);
            }
        } catch (IOException failed) {
            LOG.warn("the node's state cannot be written down", failed);
        }
    }

    private static List<String> arguments(NodeSettings settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--wasl.data.directory=" + settings.directory().root());
        arguments.add("--server.port=" + settings.portalPort());
        arguments.add("--management.server.port=" + settings.managementPort());
        arguments.add("--wasl.edge.agency-port=" + settings.agencyPort());
        arguments.add("--logging.file.name=" + settings.directory().processLog());
        if (!settings.demonstration()) {
            arguments.add("--wasl.trust.demo-authority=false");
            arguments.add("--wasl.samples.enabled=false");
        }
        settings.packs().ifPresent(packs -> arguments.add("--wasl.packs.directory=" + packs.toAbsolutePath()));
        Path own = settings.directory().root().resolve("wasl.yaml");
        if (settings.configuration().isPresent()) {
            arguments.add("--spring.config.additional-location=file:"
                    + Path.of(settings.configuration().get()).toAbsolutePath());
        } else if (Files.isRegularFile(own)) {
            arguments.add("--spring.config.additional-location=file:" + own);
        }
        return arguments;
    }

    public NodeState state() {
        return state;
    }

    /** A part of the running node, for tests and the demonstration. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** Stops it: no new requests, those under way end or stay for the next start, then everything is closed. */
    @Override
    public void close() throws IOException {
        context.close();
        NodeState.remove(directory);
    }
}
