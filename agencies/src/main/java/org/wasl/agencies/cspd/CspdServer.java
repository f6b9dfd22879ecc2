package org.wasl.agencies.cspd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.agencies.server.Reads;

/** The civil register's database: H2 in TCP server mode, one file below the data directory, loopback only. */
public final class CspdServer implements AgencyServer {

    /** May query {@code AHWAL.V_QAYD} and {@code AHWAL.V_HAYAT}, and nothing else. */
    public static final String READER = "BUS_READER";

    /** May read and write {@code AHWAL.BRP_PERSON}, and nothing else. */
    public static final String REGISTRAR = "REGISTRAR";

    private static final Logger LOG = LoggerFactory.getLogger(CspdServer.class);
    private static final String OWNER = "OWNER";
    private static final String DATABASE = "cspd";
    private static final String BIND_PROPERTY = "h2.bindAddress";

    static {
        // H2 reads this when its network class loads. Should something have loaded it before, H2 still refuses
        // strangers:
        // without -tcpAllowOthers it accepts local connections only.
        if (System.getProperty(BIND_PROPERTY) == null) {
            System.setProperty(BIND_PROPERTY, "127.0.0.1");
        }
    }

    private final Path directory;
    private final Population population;
    private final CspdCredentials credentials;
    private final Reads reads = new Reads();
    private @Nullable Connection owner;
    private @Nullable Server server;
    private String databasePath = "";
    private int port;

    /** @param directory is made when absent; belongs to this server alone */
    public CspdServer(Path directory, Population population, CspdCredentials credentials) {
        this.directory = directory;
        this.population = population;
        this.credentials = credentials;
    }

    @Override
    public synchronized int start(int wantedPort) throws IOException {
        if (running()) {
            throw new IllegalStateException("the civil register already runs on port " + port);
        }
        Files.createDirectories(directory);
        try {
            Path base = directory.toRealPath();
            Connection connection = DriverManager.getConnection(
                    "jdbc:h2:file:" + base.resolve(DATABASE) + ";DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=8192",
                    OWNER,
                    credentials.owner());
            owner = connection;
            CspdDatabase.prepare(connection, population, credentials);
            databasePath = QueryLedger.pathOf(connection);
            QueryLedger.attach(databasePath, reads);
            Server tcp = Server.createTcpServer(
                    "-tcpPort",
                    Integer.toString(wantedPort),
                    "-tcpDaemon",
                    "-tcpPassword",
                    credentials.owner(),
                    "-ifExists",
                    "-baseDir",
                    base.toString());
            server = tcp;
            tcp.start();
            port = tcp.getPort();
            return port;
        } catch (SQLException e) {
            stop();
            throw new IOException("the civil register does not start: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void stop() {
        reads.release();
        Server tcp = server;
        server = null;
        if (tcp != null) {
            tcp.stop();
        }
        Connection connection = owner;
        owner = null;
        if (connection != null) {
            shutDown(connection);
        }
        QueryLedger.detach(databasePath);
    }

    /** Where the reader and the registrar connect. */
    public synchronized String jdbcUrl() {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/" + DATABASE;
    }

    @Override
    public synchronized int port() {
        return port;
    }

    @Override
    public synchronized boolean running() {
        return server != null;
    }

    @Override
    public Reads reads() {
        return reads;
    }

    @Override
    public void delay(Duration delay) {
        reads.delay(delay);
    }

    private static void shutDown(Connection connection) {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            // Closing a connection that SHUTDOWN has closed is what this is; anything else shows at the next start.
            LOG.debug("civil register's shutdown", e);
        }
    }
}
