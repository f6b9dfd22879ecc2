package org.wasl.agencies.declared;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.h2.tools.RunScript;
import org.wasl.agencies.population.Population;

/** The database in memory behind the declared back-ends: derived from the population at each start, never written to. */
final class SampleData implements AutoCloseable {

    private final String name;
    private final Connection keeper;

    private SampleData(String name, Connection keeper) {
        this.name = name;
        this.keeper = keeper;
    }

    static SampleData open(Population population) throws SQLException, IOException {
        // In capitals, as the database itself writes it: views are told apart by it.
        String name =
                "SAMPLES_" + UUID.randomUUID().toString().replace('-', '_').toUpperCase(Locale.ROOT);
        Connection keeper = DriverManager.getConnection("jdbc:h2:mem:" + name + ";CACHE_SIZE=4096");
        PopulationTables.write(keeper, population);
        return new SampleData(name, keeper);
    }

    /** Runs a back-end's own script. */
    void run(String script) throws SQLException {
        RunScript.execute(keeper, new StringReader(script));
    }

    void execute(String statement) throws SQLException {
        try (Statement executed = keeper.createStatement()) {
            executed.execute(statement);
        }
    }

    /** What a query yields; empty when nothing. */
    Optional<String> ask(NamedQuery query, Map<String, String> values) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + name + ";IFEXISTS=TRUE")) {
            return query.first(connection, values);
        }
    }

    /** The database's name, as a TCP server of this process knows it. */
    String address() {
        return "mem:" + name;
    }

    @Override
    public void close() throws SQLException {
        keeper.close();
    }
}
