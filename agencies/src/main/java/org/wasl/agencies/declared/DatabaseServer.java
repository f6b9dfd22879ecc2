package org.wasl.agencies.declared;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.server.Reads;

/** A relational database that a reader with few rights may query, loopback only. */
final class DatabaseServer implements DeclaredServer {

    private final String agency;
    private final BackEndSpec.Server.Database spec;
    private final SampleData data;
    private final String password;
    private final Reads reads = new Reads();
    private @Nullable Server server;
    private int port;

    DatabaseServer(String agency, BackEndSpec.Server.Database spec, SampleData data, String password) {
        this.agency = agency;
        this.spec = spec;
        this.data = data;
        this.password = password;
    }

    @Override
    public synchronized int start(int wantedPort) throws IOException {
        if (running()) {
            throw new IllegalStateException(agency + " already runs on port " + port);
        }
        try {
            admit();
            Server tcp = Server.createTcpServer(
                    "-tcpPort",
                    Integer.toString(wantedPort),
                    "-tcpDaemon",
                    "-tcpPassword",
                    // Nobody shuts it down over the network.
                    UUID.randomUUID().toString(),
                    "-ifExists");
            server = tcp;
            tcp.start();
            port = tcp.getPort();
            return port;
        } catch (SQLException e) {
            stop();
            throw new IOException("the database of " + agency + " does not start: " + e.getMessage(), e);
        }
    }

    private void admit() throws SQLException {
        String literal = "'" + password.replace("'", "''") + "'";
        data.execute("CREATE USER IF NOT EXISTS " + spec.user() + " PASSWORD " + literal);
        for (String view : spec.views()) {
            data.execute("GRANT SELECT ON " + view + " TO " + spec.user());
            ViewLedger.attach(data.catalogue(), view, reads);
            data.execute("CREATE TRIGGER IF NOT EXISTS " + view + "_READ BEFORE SELECT ON " + view + " CALL '"
                    + ViewLedger.class.getName() + "'");
        }
        for (String table : spec.tables()) {
            data.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + spec.user());
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
        spec.views().forEach(view -> ViewLedger.detach(data.catalogue(), view));
    }

    @Override
    public synchronized Map<String, String> properties() {
        return Map.of(
                spec.property(),
                "jdbc:h2:tcp://127.0.0.1:" + port + "/" + data.address(),
                spec.userProperty(),
                spec.user());
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
}
