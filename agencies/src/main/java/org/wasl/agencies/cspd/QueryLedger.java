package org.wasl.agencies.cspd;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.server.Reads;

/** Fired by the database before each query of a view. Public because the database makes it by name. */
public final class QueryLedger implements Trigger {

    // The database makes triggers itself, so the way from a database to its counter is this map, by the database's
    // path.
    private static final Map<String, Reads> READS = new ConcurrentHashMap<>();

    private String path = "";

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
    }

    @Override
    public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow) {
        Reads reads = READS.get(path);
        if (reads != null) {
            reads.record();
        }
    }
}
