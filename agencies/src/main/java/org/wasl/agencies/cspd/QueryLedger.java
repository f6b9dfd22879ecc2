package org.wasl.agencies.cspd;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.h2.api.Trigger;
import org.h2.command.Command;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.server.Reads;

/** Fired by the database before each query of a view. Public because the database makes it by name. */
public final class QueryLedger implements Trigger {

    // The database makes triggers itself, so the way from a database to its counter is this map, by the database's
    // path.
    private static final Map<String, Reads> READS = new ConcurrentHashMap<>();

    private String path = "";
    private String view = "";

    static void attach(String databasePath, Reads reads) {
        READS.put(databasePath, reads);
    }

    static void detach(String databasePath) {
        READS.remove(databasePath);
    }

    static String pathOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("CALL DATABASE_PATH()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void init(Connection connection, String schema, String trigger, String table, boolean before, int type)
            throws SQLException {
        path = pathOf(connection);
        view = table;
    }

    @Override
    public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
            throws SQLException {
        Reads reads = READS.get(path);
        if (reads != null) {
            reads.record(view + " " + parameters(connection));
        }
    }

    /** What the query that runs was given: only the database itself knows. */
    private static String parameters(Connection connection) throws SQLException {
        if (connection instanceof JdbcConnection own && own.getSession() instanceof SessionLocal session) {
            Command query = session.getCurrentCommand();
            if (query != null) {
                return query.getParameters().stream()
                        .map(given -> given.getParamValue().getString())
                        .collect(Collectors.joining(" "));
            }
        }
        return "";
    }
}
