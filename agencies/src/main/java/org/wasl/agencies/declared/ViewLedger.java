package org.wasl.agencies.declared;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.server.Reads;

/** Fired by a declared database before each query of a view. Public because the database makes it by name. */
public final class ViewLedger implements Trigger {

    // The database makes triggers itself, so the way from a view to its counter is this map.
    private static final Map<String, Reads> READS = new ConcurrentHashMap<>();

    private String view = "";

    static void attach(String database, String view, Reads reads) {
        READS.put(database + " " + view, reads);
    }

    static void detach(String database, String view) {
        READS.remove(database + " " + view);
    }

    @Override
    public void init(Connection connection, String schema, String trigger, String table, boolean before, int type)
            throws SQLException {
        view = connection.getCatalog() + " " + schema + "." + table;
    }

    @Override
    public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow) {
        Reads reads = READS.get(view);
        if (reads != null) {
            reads.record(view);
        }
    }
}
