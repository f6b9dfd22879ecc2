package org.wasl.agencies.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.h2.tools.RunScript;
import org.wasl.agencies.population.Population;

/**
 * A database behind declared back-ends. The population's tables are derived from it at each start; what back-ends that
 * remember write into their own tables stays, in a file.
 */
final class SampleData implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int ATTEMPTS = 5;
    /** A lock that did not become free, a deadlock, and H2's concurrent update. */
    private static final Set<String> OTHERS_WERE_FASTER = Set.of("HYT00", "40001", "90131");

    private final String url;
    private final String address;
    private final String catalogue;
    private final Connection keeper;

    private SampleData(String url, String address, Connection keeper) throws SQLException {
        this.catalogue = keeper.getCatalog();
        this.url = url;
        this.address = address;
        this.keeper = keeper;
    }

    /** In memory, gone with the process. */
    static SampleData open(Population population) throws SQLException, IOException {
        // In capitals, as the database itself writes it: views are told apart by it.
        String name =
                "SAMPLES_" + UUID.randomUUID().toString().replace('-', '_').toUpperCase(Locale.ROOT);
        Connection keeper = DriverManager.getConnection("jdbc:h2:mem:" + name + ";CACHE_SIZE=4096");
        PopulationTables.write(keeper, population);
        return new SampleData("jdbc:h2:mem:" + name + ";IFEXISTS=TRUE", "mem:" + name, keeper);
    }

    /** In a file of that directory: what was committed outlives the process, though not a failure of power. */
    static SampleData open(Population population, Path directory) throws SQLException, IOException {
        String file = Files.createDirectories(directory)
                .toAbsolutePath()
                .resolve("samples")
                .toString();
        // A commit is written at once, since a process that is killed is what the samples are for.
        Connection keeper = DriverManager.getConnection(
                "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DEFAULT_LOCK_TIMEOUT=4000");
        try (Statement statement = keeper.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS POPULATION CASCADE");
        }
        PopulationTables.write(keeper, population);
        return new SampleData("jdbc:h2:file:" + file + ";IFEXISTS=TRUE", file, keeper);
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

    /** Does the work in one transaction; when another one comes between, a few times. */
    Work.Done perform(Work work, Map<String, String> values) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(!work.changes());
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Work.Done> done = attempt(connection, work, values);
                if (done.isPresent()) {
                    return done.get();
                }
            }
            return new Work.Done.Busy();
        }
    }

    /** Empty when another transaction came between. */
    private static Optional<Work.Done> attempt(Connection connection, Work work, Map<String, String> values)
            throws SQLException {
        try {
            for (NamedQuery statement : work.statements()) {
                statement.execute(connection, values);
            }
            Work.Done done = told(work.query().first(connection, values), work);
            if (work.changes()) {
                if (done instanceof Work.Done.Found) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            }
            return Optional.of(done);
        } catch (SQLException e) {
            if (work.changes()) {
                connection.rollback();
            }
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("23")) {
                return Optional.of(new Work.Done.Refused(work.conflict()));
            }
            if (OTHERS_WERE_FASTER.contains(state)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Work.Done told(Optional<String> json, Work work) throws SQLException {
        if (json.isEmpty()) {
            return new Work.Done.Missing(work.missing());
        }
        if (!work.changes()) {
            return new Work.Done.Found(json.get());
        }
        try {
            JsonNode error = JSON.readTree(json.get()).path("error");
            return error.isTextual() ? new Work.Done.Refused(error.textValue()) : new Work.Done.Found(json.get());
        } catch (JsonProcessingException e) {
            throw new SQLException("the query yields no JSON", e);
        }
    }

    /** What a query yields; empty when nothing. */
    Optional<String> ask(NamedQuery query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            return query.first(connection, Map.of());
        }
    }

    /** Changes something by itself. */
    void change(NamedQuery statement, Map<String, String> values) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            statement.execute(connection, values);
        }
    }

    /** The database's name, as a TCP server of this process knows it. */
    String address() {
        return address;
    }

    /** The database's name, as it calls itself. */
    String catalogue() {
        return catalogue;
    }

    @Override
    public void close() throws SQLException {
        keeper.close();
    }
}
