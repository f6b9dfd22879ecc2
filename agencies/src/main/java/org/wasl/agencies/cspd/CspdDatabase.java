package org.wasl.agencies.cspd;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.RunScript;
import org.wasl.agencies.population.Population;

/** Makes the database once, and its users and ledger at every start. */
final class CspdDatabase {

    private CspdDatabase() {}

    static void prepare(Connection connection, Population population, CspdCredentials credentials)
            throws SQLException, IOException {
        if (!complete(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP ALL OBJECTS");
            }
            runSchema(connection);
            try (CspdWriter writer = new CspdWriter(connection, population)) {
                writer.writeAll();
            }
        }
        try (Statement statement = connection.createStatement()) {
            users(statement, credentials);
            for (String view : new String[] {"V_QAYD", "V_HAYAT"}) {
                statement.execute("CREATE TRIGGER IF NOT EXISTS AHWAL.ITTILA_" + view + " BEFORE SELECT ON AHWAL."
                        + view + " CALL '" + QueryLedger.class.getName() + "'");
            }
        }
    }

    private static boolean complete(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES"
                    + " WHERE TABLE_SCHEMA = 'AHWAL' AND TABLE_NAME = 'TABIA'")) {
                rows.next();
                if (rows.getInt(1) == 0) {
                    return false;
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM AHWAL.TABIA")) {
                rows.next();
                return rows.getInt(1) == 1;
            }
        }
    }

    private static void runSchema(Connection connection) throws SQLException, IOException {
        try (InputStream in = CspdDatabase.class.getResourceAsStream("schema.sql")) {
            if (in == null) {
                throw new IOException("schema.sql is not in the jar");
            }
            RunScript.execute(connection, new InputStreamReader(in, StandardCharsets.UTF_8));
        }
    }

    private static void users(Statement statement, CspdCredentials credentials) throws SQLException {
        user(statement, CspdServer.READER, credentials.reader());
        statement.execute("GRANT SELECT ON AHWAL.V_QAYD, AHWAL.V_HAYAT TO " + CspdServer.READER);
        user(statement, CspdServer.REGISTRAR, credentials.registrar());
        statement.execute("GRANT SELECT, INSERT, UPDATE ON AHWAL.BRP_PERSON TO " + CspdServer.REGISTRAR);
    }

    private static void user(Statement statement, String name, String password) throws SQLException {
        String literal = "'" + password.replace("'", "''") + "'";
        statement.execute("CREATE USER IF NOT EXISTS " + name + " PASSWORD " + literal);
        statement.execute("ALTER USER " + name + " SET PASSWORD " + literal);
    }
}
