package org.wasl.agencies.declared;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.server.AgencyServer;

/** All declared back-ends of a process. */
public final class DeclaredBackEnds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeclaredBackEnds.class);

    private final Map<String, DeclaredServer> servers = new TreeMap<>();
    private final List<SampleData> data = new ArrayList<>();
    private final List<Notifier> notifiers = new ArrayList<>();

    private DeclaredBackEnds() {}

    /** Where a back-end's secrets are kept, by name; made when there is none yet. */
    @FunctionalInterface
    public interface Secrets {
        String obtain(String name) throws IOException;
    }

    /**
     * Starts them, each on a free port.
     *
     * @param declared what declares them; with none, nothing is started
     * @param directory where those that remember keep what they remember; made when one does
     * @throws IOException when a declaration is wrong, saying what, or one does not start; none runs then
     */
    public static DeclaredBackEnds start(
            List<BackEndFiles> declared, Population population, Path directory, Secrets secrets) throws IOException {
        DeclaredBackEnds backEnds = new DeclaredBackEnds();
        if (declared.isEmpty()) {
            return backEnds;
        }
        List<BackEndSpec> specs = new ArrayList<>();
        for (BackEndFiles files : declared) {
            specs.add(BackEndSpecs.read(files));
        }
        try {
            SampleData forgotten = SampleData.open(population);
            backEnds.data.add(forgotten);
            SampleData remembered = forgotten;
            if (specs.stream().anyMatch(BackEndSpec::remembers)) {
                remembered = SampleData.open(population, directory);
                backEnds.data.add(remembered);
            }
            for (int i = 0; i < specs.size(); i++) {
                BackEndSpec spec = specs.get(i);
                backEnds.start(declared.get(i), spec, spec.remembers() ? remembered : forgotten, secrets);
            }
            return backEnds;
        } catch (SQLException e) {
            backEnds.close();
            throw new IOException("the declared back-ends do not start: " + e.getMessage(), e);
        } catch (IOException e) {
            backEnds.close();
            throw e;
        }
    }

    private void start(BackEndFiles files, BackEndSpec spec, SampleData from, Secrets secrets) throws IOException {
        try {
            from.run(spec.script());
        } catch (SQLException e) {
            throw new IOException(files.origin() + ": its script fails: " + e.getMessage(), e);
        }
        DeclaredServer server = server(spec, from, secrets);
        if (servers.putIfAbsent(spec.agency(), server) != null) {
            throw new IOException(files.origin() + ": another back-end is of the agency " + spec.agency());
        }
        server.start(0);
        BackEndSpec.Notices notices = spec.notices();
        if (notices != null) {
            notifiers.add(new Notifier(spec.agency(), notices, from, secrets.obtain(notices.secret())));
        }
    }

    private static DeclaredServer server(BackEndSpec spec, SampleData from, Secrets secrets) throws IOException {
        if (spec.server() instanceof BackEndSpec.Server.Rest rest) {
            return new RestServer(spec.agency(), rest, from, secrets.obtain(rest.secret()));
        }
        if (spec.server() instanceof BackEndSpec.Server.Soap soap) {
            return new SoapServer(spec.agency(), soap, from, secrets.obtain(soap.secret()));
        }
        BackEndSpec.Server.Database database = (BackEndSpec.Server.Database) spec.server();
        return new DatabaseServer(spec.agency(), database, from, secrets.obtain(database.secret()));
    }

    /** The servers, by their agencies' codes. */
    public Map<String, AgencyServer> servers() {
        return new TreeMap<>(servers);
    }

    /** From now on those that have something to tell tell it to the node behind this address. */
    public void notify(URI node) {
        notifiers.forEach(notifier -> notifier.start(node));
    }

    /** What connectors' declarations refer to. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        servers.values().forEach(server -> properties.putAll(server.properties()));
        return properties;
    }

    @Override
    public void close() {
        notifiers.forEach(Notifier::close);
        servers.values().forEach(AgencyServer::close);
        for (SampleData opened : data) {
            try {
                opened.close();
            } catch (SQLException e) {
                // What was committed is in the file, or was never to outlive this.
                LOG.debug("the declared back-ends' database", e);
            }
        }
        data.clear();
    }
}
